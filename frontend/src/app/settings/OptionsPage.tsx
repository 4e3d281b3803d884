import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem, sentenceOf } from "../../api/problem";
import { Button } from "../../ui/button";
import { Form } from "../../ui/form";
import { Icon, iconNamed } from "../../ui/icon";
import { Empty, Failed, Waiting } from "../../ui/state";
import { NoPermission } from "../company/NotFound";
import { OptionHistory } from "./options/OptionHistory";
import { OptionRow } from "./options/OptionRow";
import { found, grouped } from "./options/shapes";
import { useOptions } from "./options/useOptions";
import "./options/options.css";
import "./options/words";
import "./settings.css";

const FORBIDDEN = 403;

/** What the company decides for itself: drawn from what modules and mechanisms declare, kept all at once. */
export function Screen() {
  const { t } = useTranslation("options");
  const { t: ui } = useTranslation("ui");
  const { query, drafts, errors, people, busy, count, change, drop, save } = useOptions();
  const [find, setFind] = useState("");
  const [history, setHistory] = useState(false);
  const sections = found(query.data?.results ?? [], find);

  if (query.error instanceof ApiProblem && query.error.status === FORBIDDEN)
    return <NoPermission />;
  return (
    <Form onSubmit={() => void save()}>
      <div className="set-h">
        <h2>{t("title")}</h2>
        <span className="grow" />
        <label className="inp box set-find">
          <Icon name="search" size={14} />
          <input
            type="search"
            aria-label={t("find")}
            placeholder={t("find")}
            value={find}
            onChange={(event) => setFind(event.target.value)}
            // Enter looks for nothing more: it must not keep what is typed below.
            onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
            data-testid="options-find"
          />
        </label>
        <Button icon="history" onClick={() => setHistory(true)} data-testid="options-history">
          {t("history")}
        </Button>
      </div>
      <p className="t2">{t("about")}</p>
      {query.isPending && <Waiting />}
      {query.isError && !query.data && (
        <Failed text={sentenceOf(query.error)} onRetry={() => void query.refetch()} />
      )}
      {query.data && sections.length === 0 && (
        <Empty icon="search" title={t("notFound")} text={t("notFoundText")} />
      )}
      {sections.map((section) => (
        <section key={section.code} className="opt-sec" data-testid={`options-${section.code}`}>
          <h3 className="row">
            <Icon name={iconNamed(section.icon)} size={16} /> {section.title}
          </h3>
          {grouped(section.options).map(([group, options]) => (
            <div key={group} className="opt-group">
              {group && <h4>{group}</h4>}
              {options.map((option) => (
                <OptionRow
                  key={option.code}
                  option={option}
                  value={option.code in drafts ? drafts[option.code] : option.value}
                  isDraft={option.code in drafts}
                  people={people}
                  error={errors[option.code]}
                  onChange={(value, person) => change(option, value, person)}
                />
              ))}
            </div>
          ))}
        </section>
      ))}
      {count > 0 && (
        <div className="opt-bar" role="status">
          <span className="grow">{t("unsaved", { count })}</span>
          <Button look="quiet" disabled={busy} onClick={drop} data-testid="options-drop">
            {ui("cancel")}
          </Button>
          <Button look="primary" type="submit" busy={busy} data-testid="options-save">
            {ui("save")}
          </Button>
        </div>
      )}
      {history && <OptionHistory onClose={() => setHistory(false)} />}
    </Form>
  );
}
