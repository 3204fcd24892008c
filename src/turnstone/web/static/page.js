// What every page does: forms sent by htmx carry the token of the page.
"use strict";
document.addEventListener("htmx:config:request", (event) => {
  const request = event.detail.ctx && event.detail.ctx.request;
  const token = document.querySelector('meta[name="form-token"]');
  if (request && token) request.headers["X-Form-Token"] = token.content;
});
