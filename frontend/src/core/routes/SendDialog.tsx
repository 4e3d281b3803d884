import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person } from "../../api/contract";
import { reasonOf, sentenceOf } from "../../api/problem";
import type { Offered } from "../../api/routes";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Field } from "../../ui/field";
import { Form } from "../../ui/form";
import { Icon } from "../../ui/icon";
import { Empty, Failed, Waiting } from "../../ui/state";
import { say } from "../../ui/toast";
import type { CardKind } from "../entities/kind";
import { may, useMe } from "../session/session";
import { PeopleInOrder } from "./PeopleInOrder";
import { sendCard, settleStrip, useOffered, usePreview } from "./route";
import { TrialStages } from "./TrialStages";
import "./routes.css";
import "./words";

interface SendDialogProps {
  kind: CardKind;
  id: number;
  onClose: () => void;
}

/** Which route, and who will get the card along it, before it is sent. */
export function SendDialog(props: SendDialogProps) {
  const { t } = useTranslation("routes");
  const me = useMe();
  const offered = useOffered(props.id);
  return (
    <Dialog title={t("send")} width={520} onClose={props.onClose}>
      {offered.isPending && <Waiting rows={3} />}
      {offered.isError && (
        <Failed text={sentenceOf(offered.error)} onRetry={() => void offered.refetch()} />
      )}
      {offered.data &&
        (offered.data.results.length === 0 ? (
          <Empty icon="git-branch" title={t("noRoutes")} text={t("noRoutesText")}>
            {may(me, "routes.manage") && (
              <Link to={"/settings/routes" as never} className="btn primary">
                {t("setUp")}
              </Link>
            )}
          </Empty>
        ) : (
          <SendForm {...props} offered={offered.data} />
        ))}
    </Dialog>
  );
}

function SendForm({ kind, id, offered, onClose }: SendDialogProps & { offered: Offered }) {
  const { t } = useTranslation("routes");
  const { t: ui } = useTranslation("ui");
  const only = offered.results.length === 1 ? (offered.results[0]?.id ?? null) : null;
  const [route, setRoute] = useState(offered.suits ?? only);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const [people, setPeople] = useState<Person[]>([]);
  const preview = usePreview(id, route);
  const picks = offered.results.find((one) => one.id === route)?.picks ?? false;
  const send = async () => {
    if (route === null) return setError(t("chooseRoute"));
    const picked = picks ? people.flatMap((one) => (one.id === null ? [] : [one.id])) : [];
    if (picks && picked.length === 0) return setError(t("pickNeeded"));
    setBusy(true);
    setError("");
    try {
      settleStrip(kind, id, await sendCard(id, route, picked));
      say(t("sent"));
      onClose();
    } catch (problem) {
      setError(reasonOf(problem));
      setBusy(false);
    }
  };
  return (
    <Form className="stack" onSubmit={() => void send()}>
      <Field label={t("which")}>
        {(aria) => (
          <select
            {...aria}
            className="inp"
            value={route ?? ""}
            onChange={(event) => {
              setRoute(event.target.value ? Number(event.target.value) : null);
              setError("");
            }}
            data-testid="route-which"
          >
            {route === null && <option value="">{t("chooseRoute")}</option>}
            {offered.results.map((one) => (
              <option key={one.id} value={one.id}>
                {one.id === offered.suits ? t("suits", { title: one.title }) : one.title}
              </option>
            ))}
          </select>
        )}
      </Field>
      {picks && <Picked lists={offered.lists} people={people} onChange={setPeople} />}
      {route !== null && (
        <section aria-label={t("willGet")} aria-live="polite">
          <p className="lbl">{t("willGet")}</p>
          {preview.isPending && <Waiting rows={2} />}
          {preview.isError && (
            <Failed text={sentenceOf(preview.error)} onRetry={() => void preview.refetch()} />
          )}
          {preview.data && <TrialStages stages={preview.data} picks={picks} />}
        </section>
      )}
      {error && (
        <p className="notice tone-red" role="alert">
          <Icon name="circle-alert" />
          <span>{error}</span>
        </p>
      )}
      <div className="row">
        <Button look="primary" type="submit" icon="send" busy={busy} data-testid="route-send-now">
          {t("send")}
        </Button>
        <Button look="quiet" onClick={onClose}>
          {ui("cancel")}
        </Button>
      </div>
    </Form>
  );
}

interface PickedProps {
  lists: Offered["lists"];
  people: Person[];
  onChange: (people: Person[]) => void;
}

/** Whom the sender picks himself: one by one, or a ready list to begin with. */
function Picked({ lists, people, onChange }: PickedProps) {
  const { t } = useTranslation("routes");
  return (
    <div className="stack">
      {lists.length > 0 && (
        <select
          className="inp"
          aria-label={t("pickList")}
          value=""
          onChange={(event) => {
            const list = lists.find((one) => one.id === Number(event.target.value));
            if (list) onChange(list.people);
          }}
          data-testid="route-pick-list"
        >
          <option value="">{t("pickList")}</option>
          {lists.map((one) => (
            <option key={one.id} value={one.id}>
              {one.title}
            </option>
          ))}
        </select>
      )}
      <PeopleInOrder label={t("pickPeople")} people={people} onChange={onChange} />
    </div>
  );
}
