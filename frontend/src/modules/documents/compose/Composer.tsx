import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem, sentenceOf } from "../../../api/problem";
import { tellAtFields } from "../../../core/entities/missing";
import type { ComposerProps } from "../../../core/entities/module";
import { newBody, useNewFields, wrongValues } from "../../../core/fields/newValues";
import { may, useFieldLevels, useMe } from "../../../core/session/session";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { Form, pressed } from "../../../ui/form";
import { Empty, Failed, Waiting } from "../../../ui/state";
import { complain, say } from "../../../ui/toast";
import { DOCUMENTS, type Doc, purposeOf } from "../document";
import { useDocumentTypes, useTemplates } from "../reads";
import { DocumentForm } from "./DocumentForm";
import {
  bodyOf,
  type Draft,
  EMPTY,
  forget,
  registersAtOnce,
  remember,
  remembered,
  wrongIn,
} from "./draft";
import { FilePick } from "./FilePick";
import { Gallery } from "./Gallery";
import { draftOf, fileInto, fileLater, makeDraft, registerNow } from "./making";
import "../documents.css";
import "./words";

/** Value of the button that registers at once. */
const REGISTERS = "register";

/** A type from the gallery, then what is asked of such documents. Typed text survives a closed window. */
export function Composer({ onClose, onMade }: ComposerProps) {
  const { t } = useTranslation("documents_new");
  const me = useMe();
  const level = useFieldLevels(DOCUMENTS.code);
  const fills = (field: string) => level(field) === "write";
  const navigate = useNavigate();
  const types = useDocumentTypes();
  const known = useTemplates().data?.results;
  const [draft, setDraft] = useState(remembered);
  const [files, setFiles] = useState<File[]>([]);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [ownErrors, setOwnErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);

  const mine = types.data?.filter((one) => one.may_create) ?? [];
  const type = mine.find((one) => one.code === draft.type);
  const templates = (known ?? []).filter((one) => !one.is_archived && one.card_type === type?.code);

  const own = useNewFields(DOCUMENTS, type?.code);

  const change = (next: Partial<Draft>) => {
    const whole = { ...draft, ...next };
    setDraft(whole);
    setErrors({});
    setOwnErrors({});
    remember(whole);
  };
  const show = (made: Doc) => {
    onClose();
    void navigate({ to: `${DOCUMENTS.route}/${made.id}` } as never);
  };
  const fail = (problem: unknown) => {
    const fields = problem instanceof ApiProblem ? problem.fields : {};
    const ofOwn = problem instanceof ApiProblem ? problem.inside("fields") : {};
    setOwnErrors(ofOwn);
    const isTold = Object.keys({ ...fields, ...ofOwn }).length > 0;
    setErrors(isTold ? fields : { title: sentenceOf(problem) });
  };
  const ofFiles = (chosen: File[]) => {
    if (chosen.length > 0) draftOf(chosen).then(show, (error) => complain(sentenceOf(error)));
  };

  const send = async (registers: boolean) => {
    if (!type) return;
    const wrong = wrongIn(draft, type.direction, fills);
    if (files.length > 0 && wrong.title) delete wrong.title;
    const wrongOwn = wrongValues(own, draft.fields);
    setErrors(wrong);
    setOwnErrors(wrongOwn);
    if (Object.keys({ ...wrong, ...wrongOwn }).length > 0) return;
    setBusy(true);
    try {
      const body = bodyOf(draft, type.direction, fills);
      body.fields = newBody(own, draft.fields);
      if (!body.title && draft.template === null) body.title = files[0]?.name ?? "";
      const made = await makeDraft(body);
      forget();
      if (onMade) onMade(made.ref);
      if (!registers) {
        fileLater(made.id, files);
        return onMade ? onClose() : show(made);
      }
      await register(made);
    } catch (problem) {
      fail(problem);
    } finally {
      setBusy(false);
    }
  };

  /** The draft is there: whatever comes in the way is told on its card. */
  const register = async (made: Doc) => {
    try {
      await fileInto(made.id, files);
      const done = await registerNow(made);
      say(t("registered", { number: done.number }));
    } catch (problem) {
      tellAtFields(made.ref, problem);
      complain(t("notRegistered", { reason: sentenceOf(problem) }));
    }
    show(made);
  };

  const title = type ? (type.code ? type.title : t("other")) : t("heading");
  return (
    <Dialog title={title} width={type ? 640 : 720} onClose={onClose}>
      {types.isPending && <Waiting rows={5} />}
      {types.isError && (
        <Failed text={sentenceOf(types.error)} onRetry={() => void types.refetch()} />
      )}
      {types.isSuccess && mine.length === 0 && (
        <Empty icon="shield-check" title={t("nothingMayTitle")} text={t("nothingMayText")} />
      )}
      {mine.length > 0 && !type && (
        <Gallery types={mine} onPick={(code) => change({ type: code })} onFiles={ofFiles} />
      )}
      {type && (
        <Form
          className="stack"
          onSubmit={(event) => void send(pressed(event)?.value === REGISTERS)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            event.currentTarget.requestSubmit();
          }}
        >
          <div className="row doc-which">
            <span className="t2 f13 grow">{purposeOf(type)}</span>
            <button
              type="button"
              className="link f13"
              onClick={() => change({ type: null, template: null })}
              data-testid="new-other-type"
            >
              {t("otherType")}
            </button>
          </div>
          <FilePick files={files} onChange={setFiles} hint={t("dropText")} />
          <DocumentForm
            type={type}
            templates={templates}
            draft={draft}
            errors={errors}
            own={own}
            ownErrors={ownErrors}
            fills={fills}
            onChange={change}
          />
          <div className="row doc-deeds">
            <Button look="primary" type="submit" busy={busy} data-testid="new-submit">
              {t("submit")}
            </Button>
            {registersAtOnce(type, may(me, "documents.register")) && (
              <Button type="submit" value={REGISTERS} disabled={busy} data-testid="new-register">
                {t("submitRegister")}
              </Button>
            )}
            <span className="grow" />
            <button
              type="button"
              className="link f13"
              disabled={busy}
              onClick={() => {
                forget();
                setDraft({ ...EMPTY, type: type.code });
                setFiles([]);
              }}
            >
              {t("clear")}
            </button>
          </div>
          <p className="hint">{t("submitNote")}</p>
        </Form>
      )}
    </Dialog>
  );
}
