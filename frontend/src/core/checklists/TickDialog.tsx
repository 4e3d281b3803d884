import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Point } from "../../api/contract";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { TextField } from "../../ui/field";
import { Form } from "../../ui/form";
import { Icon } from "../../ui/icon";
import { FileChoice } from "./FileChoice";
import { isWithin, numberIn } from "./lines";
import { rangeText } from "./PointParts";
import type { Place } from "./points";
import { useProving } from "./proving";
import { whereAmI } from "./where";
import "./words";

interface TickDialogProps {
  place: Place;
  point: Point;
  onClose: () => void;
}

const TITLES = {
  photo: "proofPhoto",
  file: "proofFile",
  number: "proofNumber",
  place: "proofPlace",
} as const;

/** What a point demands is shown here; then it is ticked. */
export function TickDialog(props: TickDialogProps) {
  const { point, onClose } = props;
  const { t } = useTranslation("checklists");
  if (point.demand === "") return null;
  return (
    <Dialog title={t(TITLES[point.demand])} width={420} onClose={onClose}>
      <div className="stack" data-testid="point-proof">
        <p className="t2 check-words">{point.text}</p>
        {point.demand === "number" && <NumberProof {...props} />}
        {point.demand === "place" && <PlaceProof {...props} />}
        {(point.demand === "photo" || point.demand === "file") && <FileProof {...props} />}
      </div>
    </Dialog>
  );
}

export function Refusal({ text }: { text: string | null }) {
  return (
    text && (
      <p className="notice tone-red" role="alert">
        <Icon name="circle-alert" />
        <span>{text}</span>
      </p>
    )
  );
}

function FileProof({ place, point, onClose }: TickDialogProps) {
  const { t } = useTranslation("checklists");
  const { sending, busy, error, run, upload, send } = useProving(place, point, onClose);
  return (
    <>
      <FileChoice
        photo={point.demand === "photo"}
        sending={busy ? (sending ?? "") : null}
        primary
        onChoose={(file) => void run(async () => send({ file: await upload(file) }, "tick"))}
      />
      <Refusal text={error} />
      <p className="hint">{t("kept")}</p>
    </>
  );
}

function NumberProof({ place, point, onClose }: TickDialogProps) {
  const { t } = useTranslation("checklists");
  const [text, setText] = useState("");
  const [tried, setTried] = useState(false);
  const { busy, error, run, send } = useProving(place, point, onClose);
  const number = numberIn(text);
  const range = rangeText(point);
  const outside = number !== null && !isWithin(point, number);
  const wrong = tried && number === null ? t("wrongNumber") : undefined;
  const submit = () => {
    setTried(true);
    if (number !== null) void run(() => send({ number }, "tick"));
  };
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TextField
        label={point.unit ? t("numberUnit", { unit: point.unit }) : t("number")}
        hint={range && t("allowed", { range })}
        error={wrong ?? error ?? undefined}
        inputMode="decimal"
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
        data-autofocus
        data-testid="point-number"
      />
      {outside && (
        <p className="notice tone-amber" role="status">
          <Icon name="circle-alert" />
          <span>{t("outside")}</span>
        </p>
      )}
      <div className="row">
        <Button look="primary" type="submit" busy={busy} data-testid="point-confirm">
          {outside ? t("failSubmit") : t("confirm")}
        </Button>
      </div>
    </Form>
  );
}

function PlaceProof({ place, point, onClose }: TickDialogProps) {
  const { t } = useTranslation("checklists");
  const { busy, error, run, send } = useProving(place, point, onClose);
  return (
    <>
      {point.radius && <p className="hint">{t("within", { radius: point.radius })}</p>}
      <div className="row">
        <Button
          look="primary"
          icon="map-pin"
          busy={busy}
          onClick={() => void run(async () => send(await whereAmI(), "tick"))}
          data-autofocus
          data-testid="point-here"
        >
          {busy ? t("looking") : t("here")}
        </Button>
      </div>
      <Refusal text={error} />
    </>
  );
}
