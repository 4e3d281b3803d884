import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PhoneCode } from "../../../api/account";
import { post } from "../../../api/request";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { say } from "../../../ui/toast";
import { useSaving } from "../saving";
import "./words";

const ask = () => post<PhoneCode>("notices/phone/");

interface PhoneProofProps {
  phone: string;
  onProved: () => Promise<unknown>;
}

/** One's own number is one's own: a code goes there, and its digits come back here. */
export function PhoneProof({ phone, onProved }: PhoneProofProps) {
  const { t } = useTranslation("phone");
  const [asked, setAsked] = useState(false);
  const { busy, run } = useSaving();
  const begin = () =>
    run(async () => {
      await ask();
      setAsked(true);
    });
  return (
    <>
      <Button size="sm" busy={busy} onClick={() => void begin()} data-testid="phone-prove">
        {t("prove")}
      </Button>
      {asked && <CodeDialog phone={phone} onProved={onProved} onClose={() => setAsked(false)} />}
    </>
  );
}

function CodeDialog({ phone, onProved, onClose }: PhoneProofProps & { onClose: () => void }) {
  const { t } = useTranslation("phone");
  const [code, setCode] = useState("");
  const proof = useSaving();
  const again = useSaving();
  const prove = () =>
    proof.run(async () => {
      await post("notices/phone/proof/", { code: code.trim() });
      say(t("done"));
      onClose();
      await onProved();
    });
  const resend = () =>
    again.run(async () => {
      await ask();
      setCode("");
      say(t("sentAgain"));
    });
  return (
    <Dialog title={t("prove")} width={420} onClose={onClose}>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void prove();
        }}
      >
        <p className="t2">{t("text", { phone })}</p>
        <TextField
          label={t("code")}
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          value={code}
          onChange={(event) => setCode(event.target.value)}
          error={proof.errors.code}
          data-autofocus
          data-testid="phone-code"
        />
        <div className="row">
          <Button look="primary" type="submit" busy={proof.busy} data-testid="phone-send">
            {t("send")}
          </Button>
          <Button
            look="quiet"
            busy={again.busy}
            onClick={() => void resend()}
            data-testid="phone-again"
          >
            {t("again")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
