import { useQuery } from "@tanstack/react-query";
import { ColorPicker, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CompanySettings } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { get, patch } from "../../api/request";
import { cache } from "../../core/session/cache";
import { refreshMe } from "../../core/session/session";
import { choiceIcons } from "../../ui/antd";
import { Button } from "../../ui/button";
import { Field, TextField } from "../../ui/field";
import { Form } from "../../ui/form";
import { Failed, Waiting } from "../../ui/state";
import { wearAccent } from "../../ui/theme";
import { say } from "../../ui/toast";
import { LogoField } from "./LogoField";
import { useSaving } from "./saving";
import { timeZones } from "./timeZones";
import "./settings.css";
import "./words";

const KEY = ["company"];
const PINE = "#0b6a62";
const PRESETS = [PINE, "#1f57b5", "#6740ae", "#a8326e", "#b4261f", "#b25a00", "#5b6b1e", "#3c4043"];

/** How the company is called and dressed. */
export function Screen() {
  const company = useQuery({ queryKey: KEY, queryFn: () => get<CompanySettings>("company/") });
  if (company.isPending) return <Waiting />;
  if (!company.data) {
    return <Failed text={sentenceOf(company.error)} onRetry={() => void company.refetch()} />;
  }
  return <CompanyForm key={company.data.slug} company={company.data} />;
}

function CompanyForm({ company }: { company: CompanySettings }) {
  const { t } = useTranslation("settings");
  const { t: ui } = useTranslation("ui");
  const [name, setName] = useState(company.name);
  const [inn, setInn] = useState(company.inn ?? "");
  const [accent, setAccent] = useState(company.accent || PINE);
  const [zone, setZone] = useState(company.time_zone);
  const { busy, errors, run } = useSaving();

  const show = async (fresh: CompanySettings) => {
    cache.setQueryData(KEY, fresh);
    await refreshMe();
  };
  const save = (change: object) =>
    run(async () => {
      await show(await patch<CompanySettings>("company/", change, { ifMatch: company.version }));
      say(t("saved"));
    });
  const tryOn = (colour: string) => {
    setAccent(colour);
    wearAccent(colour);
  };

  return (
    <>
      <div className="set-h">
        <h2>{t("company")}</h2>
      </div>
      <Form
        className="set-form"
        onSubmit={(event) => {
          event.preventDefault();
          void save({ name: name.trim(), inn: inn.trim(), accent, time_zone: zone });
        }}
      >
        <TextField
          label={t("name")}
          required
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={errors.name}
          data-testid="company-name"
        />
        <LogoField company={company} onChanged={show} />
        <TextField
          label={t("inn")}
          inputMode="numeric"
          value={inn}
          onChange={(event) => setInn(event.target.value)}
          error={errors.inn}
        />
        <Field label={t("accent")} hint={t("accentHint")} error={errors.accent}>
          {() => (
            <ColorPicker
              value={accent}
              disabledAlpha
              format="hex"
              showText
              presets={[{ label: t("accent"), colors: PRESETS }]}
              onChangeComplete={(colour) => tryOn(colour.toHexString().slice(0, 7))}
            />
          )}
        </Field>
        <Field label={t("timeZone")} hint={t("timeZoneHint")} error={errors.time_zone}>
          {({ id }) => (
            <Select
              {...choiceIcons}
              id={id}
              showSearch={{ optionFilterProp: "label" }}
              style={{ width: "100%" }}
              value={zone}
              options={timeZones(zone)}
              onChange={setZone}
            />
          )}
        </Field>
        <div>
          <Button look="primary" type="submit" busy={busy} data-testid="company-save">
            {ui("save")}
          </Button>
        </div>
      </Form>
    </>
  );
}
