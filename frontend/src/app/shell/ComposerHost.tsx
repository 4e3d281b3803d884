import { lazy, Suspense, useMemo } from "react";
import { type Composer, openComposer } from "../../core/entities/module";
import { useMe } from "../../core/session/session";
import { useStore } from "../../ui/store";
import { modules } from "../modules";

/** What this person may create: composers of the modules that are on for them. */
export function useComposers(): Composer[] {
  const me = useMe();
  const on = new Set(me.modules.filter((module) => module.enabled).map((module) => module.code));
  return modules.filter((module) => on.has(module.code)).flatMap((module) => module.composers);
}

/** The composer opened from anywhere: a key, a button, the palette. */
export function ComposerHost() {
  const code = useStore(openComposer);
  const composers = useComposers();
  const composer = composers.find((one) => one.code === code);
  return composer ? <Loaded key={composer.code} composer={composer} /> : null;
}

function Loaded({ composer }: { composer: Composer }) {
  const Form = useMemo(
    () => lazy(() => composer.load().then((file) => ({ default: file.Composer }))),
    [composer],
  );
  return (
    <Suspense fallback={null}>
      <Form onClose={() => openComposer.set(null)} />
    </Suspense>
  );
}
