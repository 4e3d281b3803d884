import { useTranslation } from "react-i18next";
import type { Person, Piece } from "../../api/contract";
import { momentText } from "../../ui/format";
import { Icon, type IconName } from "../../ui/icon";
import { Menu } from "../../ui/menu";
import "./words";

const ICONS: Record<Piece["kind"], IconName> = {
  person: "user-round",
  helper: "users",
  due: "calendar",
  priority: "circle-alert",
  card: "link",
};
const CAPTIONS = {
  person: "chipAssignee",
  helper: "chipHelper",
  due: "chipDue",
  priority: "chipPriority",
  card: "chipCard",
} as const;

interface ChipsProps {
  pieces: Piece[];
  chosen: Record<string, Person>;
  onChoose: (piece: Piece, person: Person) => void;
  onDrop: (piece: Piece) => void;
}

/** What was understood of the line; each is taken back with one press and is words again. */
export function PhraseChips({ pieces, chosen, onChoose, onDrop }: ChipsProps) {
  const { t } = useTranslation("tasks");
  if (pieces.length === 0) return null;
  return (
    <ul className="phrase" aria-label={t("chips")} aria-live="polite">
      {pieces.map((piece) => (
        <li key={`${piece.kind} ${piece.text}`} data-testid={`piece-${piece.kind}`}>
          {piece.people.length > 1 && !chosen[piece.text] ? (
            <Menu
              label={t("chipWhich", { text: piece.text })}
              items={piece.people.map((person) => ({
                key: String(person.id),
                title: person.full_name,
                icon: "user-round" as const,
                run: () => onChoose(piece, person),
              }))}
              trigger={(open) => (
                <button type="button" className="chip" {...open}>
                  <Icon name="circle-help" size={14} />
                  {t("chipWhich", { text: piece.text })}
                </button>
              )}
            />
          ) : (
            <span className="chip on">
              <Icon name={ICONS[piece.kind]} size={14} />
              <span className="t2">{t(CAPTIONS[piece.kind])}</span>
              <b>
                <Said piece={piece} person={chosen[piece.text] ?? piece.people[0]} />
              </b>
              <button
                type="button"
                aria-label={t("chipRemove", { text: piece.text })}
                title={t("chipRemove", { text: piece.text })}
                onClick={() => onDrop(piece)}
              >
                <Icon name="x" size={14} />
              </button>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function Said({ piece, person }: { piece: Piece; person: Person | undefined }) {
  const { t } = useTranslation("tasks");
  if (piece.card) return [piece.card.number, piece.card.title].filter(Boolean).join(" ");
  if (piece.due_at) return momentText(piece.due_at);
  if (piece.kind === "priority")
    return t(piece.priority === "urgent" ? "priorityUrgent" : "priorityImportant");
  return person?.name ?? piece.text;
}
