// The countries of world-atlas as GeoJSON with one decimal (11 km), without what that makes vanish and Antarctica.
"use strict";
const fs = require("fs");
const topojson = require("topojson-client");

const world = require("world-atlas/countries-50m.json");
const rounded = (value) => (typeof value[0] === "number" ? value.map((one) => +one.toFixed(1)) : value.map(rounded));
const thinned = (ring) =>
  ring.filter((point, i) => i === 0 || point[0] !== ring[i - 1][0] || point[1] !== ring[i - 1][1]);

const features = [];
for (const { geometry, properties } of topojson.feature(world, world.objects.countries).features) {
  if (properties.name === "Antarctica") continue;
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const coordinates = rounded(polygons)
    .map((polygon) => polygon.map(thinned).filter((ring) => ring.length > 3))
    .filter((polygon) => polygon.length);
  if (!coordinates.length) continue;
  const name = properties.name;
  features.push({ type: "Feature", geometry: { type: "MultiPolygon", coordinates }, properties: { name } });
}
fs.writeFileSync(process.argv[2], JSON.stringify({ type: "FeatureCollection", features }));
