from tests.torture.table import Fault

FAULTS: dict[str, Fault] = {}
