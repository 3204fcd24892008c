// The countries of world-atlas as GeoJSON with one decimal (11 km), without what that makes vanish and Antarctica.
"use strict";
const fs = require("fs");
const topojson = require("topojson-client");

const world = require("world-atlas/countries-50m.json");
const rounded = (value) => (typeof value[0] === "number" ? value.map((one) => +one.toFixed(1)) : value.map(rounded));
const thinned = (ring) =>
  ring.filter((point, i) => i === 0 || point[0] !== ring[i - 1][0] || point[1] !== ring[i - 1][1]);

// Rings that cross the 180th meridian are cut along it.
const unrolled = (ring) => {
  let turn = 0;
  return ring.map(([lon, lat], i) => {
    if (i && lon - ring[i - 1][0] > 180) turn -= 360;
    if (i && lon - ring[i - 1][0] < -180) turn += 360;
    return [lon + turn, lat];
  });
};
const clipped = (ring, inside, at) => {
  const kept = [];
  ring.forEach((point, i) => {
    const before = ring[(i + ring.length - 1) % ring.length];
    if (inside(point[0]) !== inside(before[0])) {
      const share = (at - before[0]) / (point[0] - before[0]);
      kept.push([at, before[1] + share * (point[1] - before[1])]);
    }
    if (inside(point[0])) kept.push(point);
  });
  if (kept.length) kept.push(kept[0]);
  return kept;
};
const cut = (polygon) => {
  const rings = polygon.map(unrolled);
  return [-360, 0, 360].flatMap((turn) => {
    const pieces = rings
      .map((ring) => clipped(ring, (lon) => lon >= turn - 180, turn - 180))
      .map((ring) => clipped(ring, (lon) => lon <= turn + 180, turn + 180))
      .filter((ring) => ring.length > 3);
    return pieces.length ? [pieces.map((ring) => ring.map(([lon, lat]) => [lon - turn, lat]))] : [];
  });
};

const features = [];
for (const { geometry, properties } of topojson.feature(world, world.objects.countries).features) {
  if (properties.name === "Antarctica") continue;
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const coordinates = rounded(polygons.flatMap(cut))
    .map((polygon) => polygon.map(thinned).filter((ring) => ring.length > 3))
    .filter((polygon) => polygon.length);
  if (!coordinates.length) continue;
  const name = properties.name;
  features.push({ type: "Feature", geometry: { type: "MultiPolygon", coordinates }, properties: { name } });
}
fs.writeFileSync(process.argv[2], JSON.stringify({ type: "FeatureCollection", features }));
