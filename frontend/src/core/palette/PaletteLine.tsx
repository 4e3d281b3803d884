import { Icon, iconNamed } from "../../ui/icon";
import { HitText } from "../search/HitText";
import type { Line } from "./lines";

interface PaletteLineProps {
  id: string;
  line: Line;
  chosen: boolean;
  onPoint: () => void;
  onPress: (beside: boolean) => void;
}

/** One line: a card with what was met in it, or a command. */
export function PaletteLine({ id, line, chosen, onPoint, onPress }: PaletteLineProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above answers the keyboard.
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      className={chosen ? "pal-i on" : "pal-i"}
      onPointerMove={onPoint}
      onClick={(event) => onPress(event.ctrlKey || event.metaKey)}
      data-testid={"hit" in line ? "palette-hit" : undefined}
    >
      <Inside line={line} />
    </div>
  );
}

function Inside({ line }: { line: Line }) {
  if ("hit" in line)
    return (
      <>
        <Icon name={iconNamed(line.hit.card.icon)} />
        <HitText hit={line.hit} />
        <span className="m">{line.hit.card.status_title}</span>
      </>
    );
  if ("card" in line)
    return (
      <>
        <Icon name={iconNamed(line.card.icon)} />
        <span className="el">
          {line.card.number && <span className="num t3">{line.card.number} </span>}
          {line.card.title}
        </span>
        <span className="m">{line.card.status_title}</span>
      </>
    );
  return (
    <>
      <Icon name={line.command.icon} />
      <span className="el">{line.command.title}</span>
      <span className="m">{line.command.note}</span>
    </>
  );
}
