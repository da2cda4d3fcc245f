// Labels of a chart: away from the lines, readable over them.

type Label = (
  on: CanvasRenderingContext2D,
  data: { label?: string | null; x: number; y: number; size: number },
  settings: { labelSize: number; labelWeight: string; labelFont: string },
) => void;

/** Beside its point, or beneath it where the picture is narrow. */
export function labelsOn({ ink, paper, narrow }: { ink: string; paper: string; narrow: boolean }): Label {
  /** A text that stays readable over lines. */
  const write = (on: CanvasRenderingContext2D, text: string, x: number, y: number): void => {
    on.lineJoin = "round";
    on.lineWidth = 4;
    on.strokeStyle = paper;
    on.strokeText(text, x, y);
    on.fillStyle = ink;
    on.fillText(text, x, y);
  };
  return (on, data, settings) => {
    if (!data.label) return;
    on.font = `${settings.labelWeight} ${settings.labelSize}px ${settings.labelFont}`;
    if (narrow) {
      on.textAlign = "center";
      write(on, data.label, data.x, data.y + data.size + settings.labelSize + 2);
      on.textAlign = "left";
      return;
    }
    // Away from the middle, where the lines are.
    const left = data.x < on.canvas.clientWidth * 0.45;
    on.textAlign = left ? "right" : "left";
    const beside = (data.size + 4) * (left ? -1 : 1);
    write(on, data.label, data.x + beside, data.y + settings.labelSize / 3);
    on.textAlign = "left";
  };
}
