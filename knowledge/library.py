"""The library: pack folders, each file read when it is first asked for."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from knowledge.calendar import Calendar, read_calendar
from knowledge.codes import CodeTable, read_table
from knowledge.entries import Measure, Problem, read_measure, read_problem
from knowledge.errors import PackError
from knowledge.facts import Facts
from knowledge.field_notes import FieldNote, read_field_notes
from knowledge.fields import FieldTable, read_fields
from knowledge.glossary import Term, read_glossary
from knowledge.parameters import Parameter, read_parameters
from knowledge.services import Service, read_services
from knowledge.sources import Source, read_source
from knowledge.time_limits import TimeLimit, read_time_limits

SHIPPED = Path(__file__).parent / "pack" / "cn"


class Library:
    """One or more pack folders; where two hold the same id, the later folder wins."""

    def __init__(self, *folders: Path) -> None:
        self.folders = folders
        self._tables: dict[str, CodeTable] = {}
        self._sources: dict[str, Source | None] = {}
        self.on = lru_cache(maxsize=64)(self._on)

    def _on(self, day: date) -> Facts:
        return Facts(self, day)

    def table(self, name: str) -> CodeTable:
        """Return a code table by its short name.

        Raises:
            PackError: no folder has it.
        """
        if name not in self._tables:
            file = self._file("codes", f"{name}.csv")
            if file is None:
                raise PackError("codes", f"there is no table {name}", "See `declarant codes`")
            self._tables[name] = read_table(file)
        return self._tables[name]

    def tables(self) -> tuple[str, ...]:
        """Return the short names of all code tables, sorted."""
        return self._table_names

    @cached_property
    def _table_names(self) -> tuple[str, ...]:
        return tuple(sorted({file.stem for file in self._files("codes", "*.csv")}))

    @cached_property
    def parameters(self) -> Mapping[str, Parameter]:
        """All dated numbers, by id."""
        files = self._files("parameters", "*.yaml")
        return {entry.id: entry for file in files for entry in read_parameters(file)}

    @cached_property
    def calendar(self) -> Calendar:
        """The working days, with the public holidays of the years that are known."""
        return read_calendar(self._files("", "holidays.csv"))

    @cached_property
    def time_limits(self) -> Mapping[str, TimeLimit]:
        """The time limits of the law, by id."""
        files = self._files("", "time_limits.yaml")
        return {name: each for file in files for name, each in read_time_limits(file).items()}

    @cached_property
    def fields(self) -> FieldTable:
        """The fields of the form, by block and name."""
        return read_fields(self._files("fields", "*.csv"))

    def source(self, id: str) -> Source | None:
        """Return a source by its id, or nothing where no folder has it."""
        if id not in self._sources:
            file = self._file("sources", f"{id}.md")
            self._sources[id] = read_source(file) if file else None
        return self._sources[id]

    def sources(self) -> tuple[str, ...]:
        """Return the ids of all sources, sorted."""
        return self._source_ids

    @cached_property
    def _source_ids(self) -> tuple[str, ...]:
        return tuple(sorted({file.stem for file in self._files("sources", "*.md")}))

    def problems(self) -> Mapping[str, Problem]:
        """Return the common problems, by id."""
        return self._problems

    def measures(self) -> Mapping[str, Measure]:
        """Return the schemes, services and trials, by id."""
        return self._measures

    @cached_property
    def _problems(self) -> Mapping[str, Problem]:
        return {file.stem: read_problem(file) for file in self._latest("problems", "*.md")}

    @cached_property
    def _measures(self) -> Mapping[str, Measure]:
        return {file.stem: read_measure(file) for file in self._latest("measures", "*.md")}

    @cached_property
    def glossary(self) -> Mapping[str, Term]:
        """The terms of the field, by their Chinese name."""
        files = self._files("", "glossary.csv")
        return {name: term for file in files for name, term in read_glossary(file).items()}

    @cached_property
    def services(self) -> Mapping[str, Service]:
        """Where things are done, by id."""
        files = self._files("", "services.csv")
        return {name: service for file in files for name, service in read_services(file).items()}

    @cached_property
    def field_notes(self) -> Mapping[str, FieldNote]:
        """What to know before filling in a field, by `block.name`."""
        files = self._files("field_notes", "*.yaml")
        return {name: note for file in files for name, note in read_field_notes(file).items()}

    def _latest(self, drawer: str, pattern: str) -> Iterator[Path]:
        """The files of a drawer, each name once: the later folder's."""
        yield from {file.name: file for file in self._files(drawer, pattern)}.values()

    def _file(self, drawer: str, name: str) -> Path | None:
        held = (folder / drawer / name for folder in reversed(self.folders))
        return next((file for file in held if file.is_file()), None)

    def _files(self, drawer: str, pattern: str) -> Iterator[Path]:
        for folder in self.folders:
            yield from sorted((folder / drawer).glob(pattern))


@lru_cache(maxsize=1)
def shipped() -> Library:
    """Return the library that comes with the package, opened once."""
    return Library(SHIPPED)
