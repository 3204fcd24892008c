// The parts of ECharts that the pages use, as one global `echarts`.
import * as echarts from "echarts/core";
import { BarChart, LineChart, ScatterChart, CustomChart, HeatmapChart } from "echarts/charts";
import {
  AriaComponent, BrushComponent, DatasetComponent, DataZoomInsideComponent, DataZoomSliderComponent, GeoComponent,
  GridComponent, LegendPlainComponent, MarkAreaComponent, MarkLineComponent, TitleComponent,
  TooltipComponent, VisualMapComponent,
} from "echarts/components";
import { CanvasRenderer } from "echarts/renderers";

echarts.use([
  BarChart, LineChart, ScatterChart, CustomChart, HeatmapChart, AriaComponent, BrushComponent, DatasetComponent,
  DataZoomInsideComponent, DataZoomSliderComponent, GeoComponent, GridComponent, LegendPlainComponent,
  MarkAreaComponent, MarkLineComponent, TitleComponent, TooltipComponent, VisualMapComponent,
  CanvasRenderer,
]);
window.echarts = echarts;
