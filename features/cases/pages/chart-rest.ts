// What of a large chart rests while somebody moves it: most of its lines, which come back when it stands still.
import type Sigma from "sigma";
import { EdgeLineProgram, type EdgeProgramType } from "sigma/rendering";

/** Whether it is dragged, zoomed, or glides to its end. */
export function isMoving(sigma: Sigma): boolean {
  const mouse = sigma.getMouseCaptor();
  return (
    sigma.getCamera().isAnimated() ||
    sigma.getTouchCaptor().isMoving ||
    mouse.isMoving ||
    mouse.draggedEvents > 0 ||
    mouse.currentWheelDirection !== 0
  );
}

/** Lines that are drawn while `moves` says no. */
export const restingLines = (moves: () => boolean): EdgeProgramType =>
  class extends EdgeLineProgram {
    override render(params: Parameters<EdgeLineProgram["render"]>[0]): void {
      if (!moves()) super.render(params);
    }
  };

/** Draws once more when it stands still; sigma itself does so only where all lines rest. */
export function drawAtRest(sigma: Sigma): void {
  let waits = 0;
  sigma.on("afterRender", () => {
    clearTimeout(waits);
    if (isMoving(sigma)) waits = window.setTimeout(() => sigma.scheduleRender(), 150);
  });
  sigma.on("kill", () => clearTimeout(waits));
}
