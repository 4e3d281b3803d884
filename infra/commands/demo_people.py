"""Who works in the demo company."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoPerson:
    name: str
    login: str
    position: str
    department: str | None
    role: str = "employee"
    is_head: bool = False


PASSWORD = "demo-pult-2026"
COMPANY = "Завод «Вектор»"
INN = "7701234560"
SLUG = "demo"
# Of the console, not of the company.
OPERATOR = "operator"
DIRECTOR = DemoPerson("Крылова Анна Сергеевна", "director", "Генеральный директор", None, role="owner")
DEPARTMENTS = ("Отдел продаж", "Производство", "Бухгалтерия")
SALES, FACTORY, ACCOUNTS = DEPARTMENTS
# The order matters to modules: they name people by their place in it.
PEOPLE = (
    DIRECTOR,
    DemoPerson("Петров Илья Андреевич", "petrov", "Менеджер по продажам", SALES),
    DemoPerson("Соколова Марина Викторовна", "sokolova", "Руководитель отдела продаж", SALES, "head", is_head=True),
    DemoPerson("Зайцев Артём Олегович", "zaytsev", "Менеджер по работе с клиентами", SALES),
    DemoPerson("Громов Виктор Павлович", "gromov", "Начальник производства", FACTORY, "head", is_head=True),
    DemoPerson("Белова Ольга Ивановна", "belova", "Технолог", FACTORY),
    DemoPerson("Кузьмин Денис Романович", "kuzmin", "Мастер участка", FACTORY),
    DemoPerson("Фёдорова Елена Николаевна", "fedorova", "Главный бухгалтер", ACCOUNTS, "head", is_head=True),
    DemoPerson("Орлова Светлана Юрьевна", "orlova", "Бухгалтер", ACCOUNTS),
    DemoPerson("Тихонов Максим Евгеньевич", "tikhonov", "Системный администратор", None, "admin"),
)
