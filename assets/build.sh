#!/bin/sh
# Makes src/turnstone/web/static/bundled from the npm registry; see README.md here.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=$here/../src/turnstone/web/static/bundled
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here/echarts_parts.js" "$here/world.js" "$work"
cd "$work"
npm init -y >/dev/null
npm install --no-audit --no-fund echarts@6.1.0 htmx.org@4.0.1 world-atlas@2.0.2 topojson-client@3.1.0 esbuild@0.28.2
npx esbuild echarts_parts.js --bundle --minify --format=iife --legal-comments=none --outfile="$out/echarts.min.js"
cp node_modules/htmx.org/dist/htmx.min.js "$out/htmx.min.js"
node world.js "$out/world.json"
