import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem, sentenceOf } from "../../../api/problem";
import { post } from "../../../api/request";
import { selfOf } from "../../../core/people/choice";
import { cache } from "../../../core/session/cache";
import { useMe } from "../../../core/session/session";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { TextAreaField, TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { say } from "../../../ui/toast";
import { bodyOf, isNobody, type Named } from "./named";
import { dueInOf, dueInText, TEMPLATES, type Template } from "./template";
import { WhoGets } from "./WhoGets";
import "./templates.css";
import "./words";

/** What is done again and again, by whom, and how long there is for it; when it comes round is asked next. */
export function TemplateComposer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("templates");
  const me = useMe();
  const navigate = useNavigate();
  const [title, setTitle] = useState("");
  const [text, setText] = useState("");
  const [named, setNamed] = useState<Named>({
    people: [selfOf(me)],
    roles: [],
    departments: [],
  });
  const [due, setDue] = useState("");
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const dueIn = dueInOf(due);

  const missing = (): Record<string, string> => ({
    ...(title.trim() ? {} : { title: t("needTitle") }),
    ...(isNobody(named) ? { assignees: t("needPeople") } : {}),
    ...(due.trim() && dueIn === null ? { due_in: t("dueInWrong") } : {}),
  });
  const send = async (plans: boolean) => {
    const found = missing();
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    try {
      const made = await post<Template>(`${TEMPLATES.path}/`, {
        title,
        description: text.trim(),
        ...bodyOf(named),
        due_in: dueIn,
      });
      onClose();
      void cache.invalidateQueries({ queryKey: [TEMPLATES.code] });
      const open = (search?: object) =>
        void navigate({ to: `${TEMPLATES.route}/${made.id}`, search } as never);
      if (plans) return open({ plan: "1" });
      const action = { title: t("composerOpen"), run: () => open() };
      say(t("composerDone", { number: made.number }), { action });
    } catch (problem) {
      const fields = problem instanceof ApiProblem ? problem.fields : {};
      setErrors(Object.keys(fields).length > 0 ? fields : { title: sentenceOf(problem) });
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog title={t("composerTitle")} width={640} onClose={onClose}>
      <Form
        className="stack tpl-form"
        onSubmit={() => void send(true)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          event.currentTarget.requestSubmit();
        }}
      >
        <TextField
          label={t("composerWhat")}
          placeholder={t("composerExample")}
          error={errors.title ?? errors[""]}
          value={title}
          onChange={(event) => setTitle(event.target.value)}
          data-autofocus
          data-testid="template-title"
        />
        <TextAreaField
          label={t("composerText")}
          rows={3}
          error={errors.description}
          value={text}
          onChange={(event) => setText(event.target.value)}
          data-testid="template-text"
        />
        <div className="tpl-two">
          <WhoGets
            named={named}
            error={errors.assignees ?? errors.roles ?? errors.departments}
            onChange={setNamed}
          />
          <TextField
            label={t("dueIn")}
            placeholder={t("dueInNone")}
            hint={dueIn ? t("dueInAfter", { span: dueInText(dueIn) }) : t("dueInHint")}
            error={errors.due_in}
            value={due}
            onChange={(event) => setDue(event.target.value)}
            data-testid="template-due"
          />
        </div>
        <div className="row tpl-people">
          <Button look="primary" type="submit" busy={busy} data-testid="template-submit">
            {t("composerNext")}
          </Button>
          <Button
            look="quiet"
            disabled={busy}
            onClick={() => void send(false)}
            data-testid="template-only"
          >
            {t("composerOnly")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
