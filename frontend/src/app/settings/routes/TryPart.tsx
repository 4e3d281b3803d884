import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person } from "../../../api/contract";
import { ApiProblem, sentenceOf } from "../../../api/problem";
import type { Route, RoutedKind, TriedStage } from "../../../api/routes";
import { DayInput } from "../../../core/forms/DayInput";
import { selfOf } from "../../../core/people/choice";
import { PersonInput } from "../../../core/people/PersonInput";
import { TrialStages } from "../../../core/routes/TrialStages";
import { useMe } from "../../../core/session/session";
import { Button } from "../../../ui/button";
import { Field, TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { Icon } from "../../../ui/icon";
import { Segmented } from "../../../ui/marks";
import type { Editor } from "./editing";
import { ReplayPart } from "./ReplayPart";
import { tryRoute } from "./settings";
import { type Values, valuesToSend } from "./trying";
import "../settings.css";
import "./routeset.css";
import "./words";

interface TryPartProps {
  route: Route;
  kind: RoutedKind;
  editor: Editor;
}

/** «Кто получит, если сумма 300 000 и отдел Снабжение», and the same on last month's cards. */
export function TryPart({ route, kind, editor }: TryPartProps) {
  const { t } = useTranslation("routeset");
  const me = useMe();
  const [initiator, setInitiator] = useState<Person>(() => selfOf(me));
  const [values, setValues] = useState<Values>({});
  const [of, setOf] = useState<"draft" | "force">("draft");
  const [stages, setStages] = useState<TriedStage[] | null>(null);
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const hasDraft = route.has_draft || editor.isDirty;
  const draft = hasDraft && (of === "draft" || route.in_force === null);
  if (editor.scheme.stages.length === 0) return <p className="hint">{t("tryNothing")}</p>;

  const run = async () => {
    if (initiator.id === null) return;
    setBusy(true);
    setError("");
    try {
      // What is tried is what is drawn: the server tries drafts that it has.
      if (draft && editor.isDirty && !(await editor.save())) return;
      const asked = { initiator: initiator.id, values: valuesToSend(kind, values), draft };
      setStages(await tryRoute(route.id, asked));
    } catch (problem) {
      const told = problem instanceof ApiProblem ? problem.fields.values : undefined;
      setError(told ?? sentenceOf(problem));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <section className="set-sec" aria-label={t("tryTitle")}>
        <h3>{t("tryTitle")}</h3>
        <Form className="stack" onSubmit={() => void run()}>
          {hasDraft && route.in_force !== null && (
            <Segmented
              label={t("tryDraft")}
              value={of}
              options={[
                { value: "draft", title: t("tryOfDraft") },
                { value: "force", title: t("tryOfForce") },
              ]}
              onChange={setOf}
            />
          )}
          <div className="routeset-try">
            <div>
              <span className="lbl">{t("tryInitiator")}</span>
              <PersonInput
                label={t("tryInitiator")}
                value={initiator}
                onPick={setInitiator}
                data-testid="try-initiator"
              />
            </div>
            {kind.values.map((one) => (
              <ValueField
                key={one.title}
                title={one.title}
                kind={one.kind}
                value={values[one.title] ?? ""}
                onChange={(value) => setValues({ ...values, [one.title]: value })}
              />
            ))}
          </div>
          {error && (
            <p className="notice tone-red" role="alert">
              <Icon name="circle-alert" />
              <span>{error}</span>
            </p>
          )}
          <div>
            <Button look="primary" type="submit" icon="play" busy={busy} data-testid="try-run">
              {t("tryNow")}
            </Button>
          </div>
        </Form>
        {stages && (
          <div className="routeset-tried" aria-live="polite">
            <TrialStages stages={stages} />
          </div>
        )}
      </section>
      <ReplayPart route={route} editor={editor} />
    </>
  );
}

interface ValueFieldProps {
  title: string;
  kind: string;
  value: string;
  onChange: (value: string) => void;
}

function ValueField({ title, kind, value, onChange }: ValueFieldProps) {
  const { t } = useTranslation("routeset");
  if (kind === "flag") {
    return (
      <Field label={title}>
        {(aria) => (
          <select
            {...aria}
            className="inp"
            value={value}
            onChange={(event) => onChange(event.target.value)}
          >
            <option value="">{t("tryEmpty")}</option>
            <option value="yes">{t("tryYes")}</option>
            <option value="no">{t("tryNo")}</option>
          </select>
        )}
      </Field>
    );
  }
  if (kind === "day") return <DayInput label={title} value={value} onChange={onChange} />;
  return (
    <TextField
      label={title}
      placeholder={t("tryEmpty")}
      inputMode={kind === "number" ? "decimal" : "text"}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      data-testid={`try-${title}`}
    />
  );
}
