import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { Form } from "../../../ui/form";
import { useSaving } from "../saving";
import { NO_PROOF, type Proof, ProofFields } from "./ProofFields";
import "./data.css";
import "./words";

interface ProofDialogProps {
  title: string;
  text: string;
  asksCode: boolean;
  danger?: boolean;
  onProved: (proof: Proof) => Promise<void>;
  onClose: () => void;
}

/** What is about to be done, and the proof that it is oneself who does it. */
export function ProofDialog(props: ProofDialogProps) {
  const { t: ui } = useTranslation("ui");
  const [proof, setProof] = useState(NO_PROOF);
  const { busy, errors, run } = useSaving();
  const go = () =>
    run(async () => {
      await props.onProved(proof);
      props.onClose();
    });
  return (
    <Dialog title={props.title} width={480} onClose={props.onClose}>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void go();
        }}
      >
        <p className="t2">{props.text}</p>
        <ProofFields proof={proof} asksCode={props.asksCode} errors={errors} onChange={setProof} />
        <div className="row data-end">
          <Button onClick={props.onClose}>{ui("cancel")}</Button>
          <Button
            look={props.danger ? "danger" : "primary"}
            type="submit"
            busy={busy}
            data-testid="proof-run"
          >
            {props.title}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
