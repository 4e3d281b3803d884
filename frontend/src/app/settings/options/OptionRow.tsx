import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Person } from "../../../api/contract";
import { Button } from "../../../ui/button";
import { Tag } from "../../../ui/marks";
import { OptionControl } from "./OptionControl";
import { type CompanyOption, same, told } from "./shapes";
import "./words";

/** Fields that a press on the title leads into; the others say their name themselves. */
const LABELLED = new Set<CompanyOption["kind"]>(["whole", "money", "choice", "text"]);

interface OptionRowProps {
  option: CompanyOption;
  /** What stands in the field: a draft, or the company's value. */
  value: unknown;
  isDraft: boolean;
  people: Person[];
  error: string | undefined;
  onChange: (value: unknown, person?: Person) => void;
}

/** What is decided, its field, and the way back to what the product does by itself. */
export function OptionRow({ option, value, isDraft, people, error, onChange }: OptionRowProps) {
  const { t } = useTranslation("options");
  const id = useId();
  const note = `${id}-note`;
  const words = { yes: t("yes"), no: t("no"), nothing: t("nothing") };
  const say = (one: unknown) => told(option, one, people, words);
  const isUsual = same(value, option.default);
  const usual = say(option.default);
  return (
    <div className={isDraft ? "opt opt-draft" : "opt"} data-testid={`row-${option.code}`}>
      <div className="opt-words">
        {LABELLED.has(option.kind) ? (
          <label htmlFor={id} className="opt-title">
            {option.title}
          </label>
        ) : (
          <span className="opt-title">{option.title}</span>
        )}
        <p id={note} className="t2 f12">
          {option.hint}
        </p>
      </div>
      <div className="opt-field">
        <OptionControl
          option={option}
          value={value}
          people={people}
          aria={{ id, "aria-describedby": note, "aria-invalid": Boolean(error) }}
          onChange={onChange}
        />
        {error && (
          <div className="fld-msg err" role="alert">
            {error}
          </div>
        )}
        <div className="opt-state">
          {isUsual ? (
            <Tag>{t("usual")}</Tag>
          ) : (
            <Button
              size="sm"
              look="quiet"
              icon="rotate-ccw"
              aria-label={t("resetLabel", { title: option.title, value: usual })}
              onClick={() => onChange(option.default)}
              data-testid={`reset-${option.code}`}
            >
              {t("reset", { value: usual })}
            </Button>
          )}
          {isDraft && <span className="t3 f12">{t("stands", { value: say(option.value) })}</span>}
        </div>
      </div>
    </div>
  );
}
