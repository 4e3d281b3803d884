import { house } from "../core/entities/house";
import type { CardKind } from "../core/entities/kind";
import type { FrontModule } from "../core/entities/module";
import { peopleFinder } from "./settings/people/kind";

/** Every folder of `src/modules` with a `module.ts` is a module; nothing else lists them. */
const found = import.meta.glob<{ module: FrontModule }>("../modules/*/module.ts", { eager: true });

export const modules: FrontModule[] = Object.values(found).map((file) => file.module);

house.set({ modules, always: [peopleFinder] });

/** `tasks.task/12` → what its module says of such cards, when the module is in the house. */
export function kindOfRef(ref: string): CardKind | null {
  const code = ref.split("/")[0];
  return modules.flatMap((one) => one.kinds).find((one) => one.code === code) ?? null;
}
