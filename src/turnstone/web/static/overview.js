// The charts of the overview: events over time and on the map. What is chosen goes into the address.
"use strict";
(() => {
  const { onPage, data, show, token, days, tick, number, plain } = window.turnstone;
  const classes = ["", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict"];
  let world = null;
  const charts = [];

  const address = (changes) => {
    const query = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries(changes)) {
      query.delete(name);
      for (const one of [].concat(value)) if (one !== "" && one !== null) query.append(name, one);
    }
    return "/?" + query.toString();
  };
  const chart = (element) => {
    // In an element of its own: a swap copies attributes to elements of the same id, and the policy forbids a style.
    while (charts.length) {
      const at = charts.findIndex(([one]) => one === element || !one.isConnected);
      if (at < 0) break;
      charts.splice(at, 1)[0][1].dispose();
    }
    const inside = document.createElement("div");
    inside.className = "fill";
    element.replaceChildren(inside);
    const made = window.echarts.init(inside, null, { renderer: "canvas" });
    charts.push([element, made]);
    return made;
  };
  const look = () => ({
    text: token("--ink"), soft: token("--soft"), rule: token("--rule"), strong: token("--rule-strong"),
    paper: token("--raised"), font: getComputedStyle(document.body).fontFamily,
    quads: [token("--quad-0"), token("--quad-1"), token("--quad-2"), token("--quad-3"), token("--quad-4")],
    land: token("--land"), shore: token("--shore"), link: token("--link"), gap: token("--gap"),
  });
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  // Tooltips are drawn, not written as HTML: names of places come from reports.
  const tip = (style) => ({
    renderMode: "richText", backgroundColor: style.paper, borderColor: style.strong, borderWidth: 1,
    textStyle: { color: style.text, fontFamily: style.font, fontSize: 13 }, confine: true,
  });

  const timeline = (element) => {
    const { bins, step } = data("chart-data");
    const style = look();
    const label = (at) => days(bins[at][0], bins[at][1], step);
    const bar = (quad, sign) => ({
      name: classes[quad], type: "bar", stack: "all", barCategoryGap: bins.length > 120 ? "0%" : "18%",
      itemStyle: { color: style.quads[quad] }, emphasis: { disabled: true }, cursor: "pointer",
      data: bins.map((bin) => (bin[2] ? sign * bin[2][quad] : null)),
    });
    const gaps = [];
    bins.forEach((bin, at) => {
      if (bin[4]) return;
      if (gaps.length && gaps[gaps.length - 1][1] === at - 1) gaps[gaps.length - 1][1] = at;
      else gaps.push([at, at]);
    });
    const made = chart(element);
    made.setOption({
      animation: !still.matches && bins.length < 400, animationDuration: 250,
      textStyle: { fontFamily: style.font },
      grid: [{ left: 48, right: 8, top: 12, bottom: 58 }, { left: 48, right: 8, height: 6, bottom: 40 }],
      tooltip: {
        ...tip(style), trigger: "axis", axisPointer: { type: "shadow", shadowStyle: { color: style.rule, opacity: 0.35 } },
        formatter: (items) => {
          const bin = bins[items[0].dataIndex];
          const lines = [label(items[0].dataIndex)];
          if (!bin[2]) return lines.concat("no article of these days").join("\n");
          for (let quad = 1; quad < 5; quad++) lines.push(`${classes[quad]}: ${number(bin[2][quad])}`);
          if (bin[2][0]) lines.push(`no class: ${number(bin[2][0])}`);
          if (bin[3] > 1) lines.push(`articles on ${bin[4]} of ${bin[3]} days`);
          return lines.join("\n");
        },
      },
      xAxis: [
        { type: "category", data: bins.map((_, at) => label(at)), axisLine: { onZero: true, lineStyle: { color: style.strong } },
          // A tick for each bin, though none is drawn: the areas below begin and end at ticks.
          axisTick: { show: false, interval: 0 }, axisLabel: { show: false }, gridIndex: 0 },
        { type: "category", data: bins.map((_, at) => label(at)), gridIndex: 1, axisLine: { show: false }, axisTick: { show: false },
          axisLabel: { color: style.soft, hideOverlap: true, margin: 8, formatter: (_, at) => tick(bins[at][0], step) } },
      ],
      yAxis: [
        { type: "value", gridIndex: 0, axisLabel: { color: style.soft, formatter: (value) => number(Math.abs(value)) }, splitLine: { lineStyle: { color: style.rule } }, minInterval: 1 },
        { type: "value", gridIndex: 1, show: false, min: 0, max: 1 },
      ],
      series: [
        bar(2, 1), bar(1, 1), bar(4, -1), bar(3, -1),
        { type: "bar", xAxisIndex: 1, yAxisIndex: 1, barCategoryGap: "0%", silent: true, tooltip: { show: false },
          data: bins.map((bin) => ({ value: 1, itemStyle: { color: style.strong, opacity: 0.12 + 0.6 * bin[4] / bin[3] } })) },
        { type: "bar", stack: "all", data: [], silent: true, markArea: {
          silent: true, itemStyle: { color: style.rule, opacity: 0.7 },
          data: gaps.map(([from, to]) => [{ xAxis: label(from) }, { xAxis: label(to) }]) } },
      ],
      brush: { xAxisIndex: 0, brushType: "lineX", transformable: false, brushStyle: { color: style.link, opacity: 0.15, borderColor: style.link } },
    });
    made.dispatchAction({ type: "takeGlobalCursor", key: "brush", brushOption: { brushType: "lineX", brushMode: "single" } });
    made.on("brushEnd", (event) => {
      const area = event.areas[0];
      if (!area) return;
      const [from, to] = area.coordRange.map((at) => Math.max(0, Math.min(bins.length - 1, at)));
      show(address({ from: bins[from][0], to: bins[to][1] }));
    });
    element.dataset.drawn = "yes";
  };

  const map = async (element) => {
    const { places } = data("chart-data");
    if (!world) {
      world = await (await fetch(element.dataset.world)).json();
      window.echarts.registerMap("world", world);
    }
    if (!element.isConnected) return;
    const style = look();
    const widest = element.clientWidth < 500 ? 13 : 22;
    const most = Math.max(1, ...places.map((place) => place[2]));
    const made = chart(element);
    const areas = ["province", "country", "region", "district"];
    made.setOption({
      animation: false, textStyle: { fontFamily: style.font },
      tooltip: { ...tip(style), formatter: ({ data: point }) => (point ? `${plain(point.value[3])}\n${number(point.value[2])}` : "") },
      geo: {
        map: "world", roam: true, left: 0, right: 0, top: 0, bottom: 0, boundingCoords: [[-170, 78], [180, -56]],
        itemStyle: { areaColor: style.land, borderColor: style.shore, borderWidth: 0.5 }, emphasis: { disabled: true }, silent: true,
        scaleLimit: { min: 1, max: 40 },
      },
      series: [{
        type: "scatter", coordinateSystem: "geo", cursor: "pointer",
        symbolSize: (value) => 4 + widest * Math.sqrt(value[2] / most),
        data: places.map((place) => {
          const area = areas.includes(place[5]);
          return { value: place, itemStyle: area
            ? { color: "transparent", borderColor: style.quads[2], borderWidth: 1.5 }
            : { color: style.quads[2], opacity: 0.75, borderColor: style.paper, borderWidth: 0.5 } };
        }),
      }],
    });
    made.on("click", (event) => { if (event.data) show(address({ place: event.data.value[3] })); });
    element.dataset.drawn = "yes";
  };

  onPage("timeline", timeline);
  onPage("map", map);
  const again = () => {
    for (const id of ["timeline", "map"]) {
      const element = document.getElementById(id);
      if (element) (id === "map" ? map : timeline)(element);
    }
  };
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  window.addEventListener("resize", () => {
    for (const [element, made] of charts) if (element.isConnected && !made.isDisposed()) made.resize();
  });
})();
