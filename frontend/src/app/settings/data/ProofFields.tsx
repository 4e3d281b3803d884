import { useTranslation } from "react-i18next";
import { TextField } from "../../../ui/field";
import "./words";

export interface Proof {
  password: string;
  code: string;
}

export const NO_PROOF: Proof = { password: "", code: "" };

interface ProofFieldsProps {
  proof: Proof;
  asksCode: boolean;
  errors: Record<string, string>;
  onChange: (proof: Proof) => void;
}

/** One's own password once more, and a code where it is on: whoever sits at an open browser may be a stranger. */
export function ProofFields({ proof, asksCode, errors, onChange }: ProofFieldsProps) {
  const { t } = useTranslation("data");
  return (
    <>
      <TextField
        label={t("password")}
        type="password"
        autoComplete="current-password"
        required
        value={proof.password}
        onChange={(event) => onChange({ ...proof, password: event.target.value })}
        error={errors.password}
        data-testid="proof-password"
      />
      {asksCode && (
        <TextField
          label={t("code")}
          hint={t("codeHint")}
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          value={proof.code}
          onChange={(event) => onChange({ ...proof, code: event.target.value })}
          error={errors.code}
          data-testid="proof-code"
        />
      )}
    </>
  );
}
