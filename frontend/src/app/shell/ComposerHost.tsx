import { lazy, Suspense, useMemo } from "react";
import { useComposers } from "../../core/entities/house";
import { afterMade, type Composer, closeComposer, openComposer } from "../../core/entities/module";
import { brought } from "../../core/session/parts";
import { useStore } from "../../ui/store";

/** The composer opened from anywhere: a key, a button, the palette. */
export function ComposerHost() {
  const code = useStore(openComposer);
  const composers = useComposers();
  const composer = composers.find((one) => one.code === code);
  return composer ? <Loaded key={composer.code} composer={composer} /> : null;
}

function Loaded({ composer }: { composer: Composer }) {
  const onMade = useStore(afterMade);
  const Form = useMemo(
    () => lazy(() => brought(composer.load)().then((file) => ({ default: file.Composer }))),
    [composer],
  );
  return (
    <Suspense fallback={null}>
      <Form onClose={closeComposer} onMade={onMade ?? undefined} />
    </Suspense>
  );
}
