import type { EmployeeCard, Person } from "../src/api/contract.ts";

/** Colleagues of an invented company, for looking at screens without a server. */
const NAMES: [string, string, string, string][] = [
  ["Крылова", "Анна", "Сергеевна", "Директор"],
  ["Лебедев", "Артём", "Кириллович", "Инженер ПТО"],
  ["Макарова", "Наталья", "Павловна", "Снабжение"],
  ["Ермаков", "Сергей", "Юрьевич", "Прораб"],
  ["Зайцев", "Илья", "Олегович", "Кладовщик"],
  ["Тихонов", "Павел", "Андреевич", "Начальник производства"],
  ["Никитин", "Константин", "Львович", "Замерщик"],
  ["Гусева", "Елена", "Викторовна", "Юрист"],
  ["Антонова", "Юлия", "Геннадьевна", "Закупщик"],
  ["Савельев", "Роман", "Тимурович", "Конструктор"],
  ["Белова", "Мария", "Ивановна", "Главный бухгалтер"],
];

export const people: (Person & { id: number })[] = NAMES.map(([last, first, middle], index) => ({
  id: index + 1,
  name: `${last} ${first.charAt(0)}. ${middle.charAt(0)}.`,
  full_name: `${last} ${first} ${middle}`,
  initials: `${last.charAt(0)}${first.charAt(0)}`,
  photo_url: null,
  is_active: true,
}));

export function person(id: number): Person {
  const found = people.find((one) => one.id === id);
  if (!found) throw new Error(`no person ${id}`);
  return found;
}

export const employees: EmployeeCard[] = people.map((one, index) => {
  const [last = "", first = "", middle = "", title = ""] = NAMES[index] ?? [];
  return {
    ...one,
    ref: `organization.employee/${one.id}`,
    number: `Т-${index + 1}`,
    login: "",
    login_wanted: "",
    phone_is_proved: null,
    last_name: last,
    first_name: first,
    middle_name: middle,
    email: `user${one.id}@kontur.example`,
    phone: "+7 900 000-00-00",
    position: { id: index + 1, title },
    department: index % 3 === 0 ? { id: 1, title: "Управление" } : { id: 2, title: "Производство" },
    manager: index === 0 ? null : person(1),
    roles: [
      { code: index === 0 ? "owner" : "employee", title: index === 0 ? "Владелец" : "Сотрудник" },
    ],
    status: "works",
    status_title: "Работает",
    own_status: null,
    status_moves: [],
    hired_on: "2024-03-01",
    version: 1,
    can: {
      edit: [
        "last_name",
        "first_name",
        "middle_name",
        "phone",
        "photo",
        "email",
        "position",
        "manager",
        "hired_on",
        "department",
      ],
      block: index > 0,
      unblock: false,
      roles: true,
      login: false,
      files: true,
    },
  };
});
