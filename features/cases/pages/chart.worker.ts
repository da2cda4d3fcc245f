// Lays a large chart out away from the page, which goes on answering meanwhile.
import { placesOf } from "./chart-places.ts";

export interface AskPlaces {
  count: number;
  ends: Int32Array;
}

addEventListener("message", ({ data }: MessageEvent<AskPlaces>) => {
  postMessage(placesOf(data.count, data.ends));
});
