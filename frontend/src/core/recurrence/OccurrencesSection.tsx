import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Completion, Occurrence } from "../../api/contract";
import { countText } from "../../ui/format";
import { Icon } from "../../ui/icon";
import { Face, Status, type Tone } from "../../ui/marks";
import { CardSection } from "../cards/CardParts";
import { ToolFailed, ToolWaiting, toolState } from "../cards/ToolState";
import { useMe } from "../session/session";
import { wallMoment } from "./moments";
import { type Place, useOccurrences, useRecurrence } from "./recurrence";
import "./recurrence.css";
import "./words";

interface SectionProps extends Place {
  /** Nothing is said where nothing has come yet. */
  quiet?: boolean;
}

/** What came of any plan: every card it has made, why there was none, and how they fare. */
export function OccurrencesSection({ kind, id, quiet = false }: SectionProps) {
  const { t } = useTranslation("recurrence");
  const me = useMe();
  const query = useOccurrences({ kind, id });
  const kept = useRecurrence({ kind, id });
  const state = toolState(query);
  if (state === "none") return null;
  if (state === "failed") return <ToolFailed title={t("came")} query={query} />;
  if (!query.data) return quiet ? null : <ToolWaiting title={t("came")} />;
  const lines = query.data.pages.flatMap((page) => page.results);
  if (lines.length === 0 && quiet) return null;
  if (lines.length === 0) {
    return (
      <CardSection title={t("came")}>
        <p className="hint sec-empty">{t("cameNone")}</p>
      </CardSection>
    );
  }
  return (
    <CardSection title={t("came")}>
      {kept.data?.completion && <Figures completion={kept.data.completion} />}
      <ul className="rec-came" aria-label={t("came")}>
        {lines.map((line) => (
          <Came key={line.id} line={line} zone={me.company.time_zone} />
        ))}
      </ul>
      {query.hasNextPage && (
        <button
          type="button"
          className="link f13 rec-earlier"
          onClick={() => void query.fetchNextPage()}
        >
          {t("earlier")}
        </button>
      )}
    </CardSection>
  );
}

function Figures({ completion }: { completion: Completion }) {
  const { t } = useTranslation("recurrence");
  const { made, share, on_time: onTime, done, late, open } = completion;
  const note = share === null ? t("shareNone") : t("shareNote", { onTime, judged: done + late });
  const figures = [
    ["figMade", countText(made), ""],
    ["figShare", share === null ? "—" : t("percent", { share }), ""],
    ["figDone", countText(done), ""],
    ["figOpen", countText(open), ""],
    ["figLate", countText(late), late > 0 ? "red" : ""],
  ] as const;
  return (
    <>
      <dl className="rec-figures" data-testid="completion">
        {figures.map(([name, figure, tone]) => (
          <div key={name} title={name === "figShare" ? note : undefined}>
            <dt>{t(name)}</dt>
            <dd className={`num ${tone}`} data-testid={`completion-${name}`}>
              {figure}
            </dd>
          </div>
        ))}
      </dl>
      <p className="hint rec-year">
        {t("cameYear")}. {note}
      </p>
    </>
  );
}

const TONES: Record<string, Tone> = { open: "blue", done: "green", cancelled: "neutral" };
const OUTCOMES = {
  made: ["outcomeMade", "neutral"],
  skipped: ["outcomeSkipped", "amber"],
  failed: ["outcomeFailed", "red"],
} as const;

function Came({ line, zone }: { line: Occurrence; zone: string }) {
  const { t } = useTranslation("recurrence");
  const { card, person } = line;
  const [title, tone] = OUTCOMES[line.outcome];
  const { weekday, day, time } = wallMoment(line.at, zone);
  const when = (
    <span className="rec-when">
      <span className="t3">{weekday}</span> {day}, <span className="num">{time}</span>
    </span>
  );
  if (!card) {
    return (
      <li className="rec-line" data-testid="occurrence" data-outcome={line.outcome}>
        {when}
        <Status tone={tone}>{t(title)}</Status>
        <span className="grow t3">{line.reason || t("hidden")}</span>
      </li>
    );
  }
  return (
    <li className="rec-line" data-testid="occurrence" data-outcome={line.outcome}>
      <Link to={card.route as never} className="rec-open">
        {when}
        <Icon name="list-checks" size={14} className="t3" />
        <span className="num">{card.number}</span>
        <span className="grow">
          <Status tone={TONES[card.state] ?? "neutral"}>{card.status_title}</Status>
        </span>
        {person && (
          <span className="row" title={person.full_name}>
            <Face id={person.id} initials={person.initials} photo={person.photo_url} />
            <span className="el rec-who">{person.name}</span>
          </span>
        )}
      </Link>
    </li>
  );
}
