import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button";
import { TextField } from "../../ui/field";
import type { Demand } from "./DemandDialog";
import { numberText } from "./lines";
import { Refusal } from "./TickDialog";
import { NowhereKnown, whereAmI } from "./where";
import "./words";

interface FieldsProps {
  told: Demand;
  errors: Record<string, string>;
  onChange: (next: Partial<Demand>) => void;
}

type Name = "unit" | "least" | "most" | "latitude" | "longitude" | "radius";

function useField({ told, errors, onChange }: FieldsProps) {
  return (name: Name, label: string, more: object = {}) => (
    <TextField
      label={label}
      value={told[name]}
      error={errors[name]}
      autoComplete="off"
      onChange={(event) => onChange({ [name]: event.target.value })}
      data-testid={`demand-${name}`}
      {...more}
    />
  );
}

/** What is measured and within what it passes. */
export function NumberFields(props: FieldsProps) {
  const { t } = useTranslation("checklists");
  const field = useField(props);
  const decimal = { inputMode: "decimal" };
  return (
    <div className="check-three">
      {field("least", t("from"), decimal)}
      {field("most", t("to"), decimal)}
      {field("unit", t("unit"), { placeholder: t("unitExample"), maxLength: 20 })}
    </div>
  );
}

/** Where the point is ticked, and how far from there it may be. */
export function PlaceFields(props: FieldsProps) {
  const { t } = useTranslation("checklists");
  const field = useField(props);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const decimal = { inputMode: "decimal" };
  const take = async () => {
    setBusy(true);
    setRefusal(null);
    try {
      const here = await whereAmI();
      props.onChange({
        latitude: numberText(here.latitude),
        longitude: numberText(here.longitude),
      });
    } catch (error) {
      if (!(error instanceof NowhereKnown)) throw error;
      setRefusal(error.message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <div className="check-three">
        {field("latitude", t("latitude"), decimal)}
        {field("longitude", t("longitude"), decimal)}
        {field("radius", t("radius"), { inputMode: "numeric" })}
      </div>
      <div className="row">
        <Button icon="map-pin" busy={busy} onClick={() => void take()} data-testid="demand-here">
          {busy ? t("looking") : t("takeHere")}
        </Button>
      </div>
      <Refusal text={refusal} />
    </>
  );
}
