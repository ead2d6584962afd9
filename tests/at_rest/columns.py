"""What the databases that are no register may hold (columns.toml), held against what they do hold."""
import re
import tomllib
from pathlib import Path

ALLOWED = tomllib.loads((Path(__file__).parent / "columns.toml").read_text(encoding="utf-8"))
REGISTERS = {"registry.db"}  # 住民記録, which holds the records
OF_SQLITE = {"sqlite_sequence"}


def columns_of(installation, database):
    """{table: [column, …]} as the database's schema has it."""
    tables = [row["name"] for row in installation.rows(database, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {table: [row["name"] for row in installation.rows(database, "SELECT name FROM pragma_table_info(?)", table)]
            for table in tables if table not in OF_SQLITE}


def strange_columns(installation):
    """Lines about databases, tables and columns that are not in the list, and about those in it that do not exist."""
    found = {path.name: columns_of(installation, path.stem) for path in (installation.directory / "run").glob("*.db") if path.name not in REGISTERS}
    as_paths = lambda databases: {(database, table, column) for database, tables in databases.items() for table, columns in tables.items() for column in columns}
    return [f"{database}: {table}.{column}" for database, table, column in sorted(as_paths(found) ^ as_paths(ALLOWED))]


def looks_like(value, shape):
    if value is None:
        return True
    if shape == "number":
        return isinstance(value, int)
    if shape == "bytes" or shape.endswith(" bytes"):
        return isinstance(value, bytes) and (shape == "bytes" or len(value) == int(shape.split()[0]))
    return isinstance(value, str) and re.fullmatch(shape, value) is not None


def strange_values(installation):
    for database, tables in ALLOWED.items():
        for table, columns in tables.items():
            for row in installation.rows(Path(database).stem, f"SELECT * FROM {table}"):
                yield from (f"{database}: {table}.{column} holds {row[column]!r}" for column, (_, shape) in columns.items() if not looks_like(row[column], shape))
