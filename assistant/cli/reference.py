"""`declarant rules`, `explain`, `fields`, `codes`, `template`: what the auditor knows."""

import difflib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
import msgspec

from assistant.cli.files import write_whole
from assistant.cli.options import LANG
from auditors.catalogue import catalogue
from auditors.render.plain import basis, rule_data
from auditors.rule import FAMILIES, STATUSES, Rule
from knowledge.codes import CodeTable
from knowledge.fields import Block, FormField
from knowledge.library import shipped
from knowledge.text import Language, Text

FORMAT = click.option(
    "--format", type=click.Choice(["text", "json"]), default="text", show_default=True
)


@click.command()
@FORMAT
@LANG
def rules(format: str, lang: Language) -> None:
    """List every rule. 列出全部规则。"""
    if format == "json":
        _json([rule_data(rule) for rule in catalogue().values()])
        return
    family = ""
    for rule in catalogue().values():
        if rule.family != family:
            family = rule.family
            click.echo(f"\n{family}  {FAMILIES[family].said_in(lang)}")
        click.echo(f"  {rule.code}  {rule.severity:<8}{rule.title.said_in(lang)}")


@click.command()
@click.argument("code")
@LANG
def explain(code: str, lang: Language) -> None:
    """Explain a rule: why, wrong, right, limits, basis. 解释一条规则。"""
    rule = catalogue().get(_full(code))
    if rule is None:
        raise click.UsageError(_unknown("rule / 规则", _full(code), catalogue()))
    click.echo(f"{rule.code}  {rule.title.said_in(lang)}")
    click.echo(f"{Text('级别', 'severity').said_in(lang)}: {rule.severity}; {_status(rule, lang)}")
    if any(rule.span):
        click.echo(f"{Text('有效期', 'in force').said_in(lang)}: {_span(rule)}")
    click.echo(f"\n{rule.page}\n")
    for citation in rule.basis:
        held = basis(citation, shipped())
        click.echo(f"{held['citation']}  {held['title']}  {held['url']}".rstrip())
        source = shipped().source(citation.source)
        if source and (said := source.places.get(citation.place)):
            click.echo(f"    {said.said_in(lang)}")


@click.command()
@click.argument("name", required=False)
@FORMAT
@LANG
def fields(name: str | None, format: str, lang: Language) -> None:
    """Explain a field of the form, or list all. 解释报关单栏目。"""
    blocks = shipped().fields
    found = [
        each for block in blocks.values() for each in block.fields.values() if _meant(each, name)
    ]
    if not found:
        every = (each.name for block in blocks.values() for each in block.fields.values())
        raise click.UsageError(_unknown("field / 栏目", name or "", every))
    if format == "json":
        _json([_field_data(each, blocks[each.block]) for each in found])
    elif name is None:
        for each in found:
            click.echo(f"{each.block}.{each.name}  {each.label.said_in(lang)}")
    else:
        for each in found:
            click.echo("\n".join(_field_lines(each, blocks[each.block], lang)))


@click.command()
@click.argument("table", required=False)
@click.argument("code", required=False)
@FORMAT
@LANG
def codes(table: str | None, code: str | None, format: str, lang: Language) -> None:
    """Show a code table, or one code of it. 查代码表。"""
    if table is None:
        for name in shipped().tables():
            held = shipped().table(name)
            click.echo(f"{name}  {held.name.said_in(lang)}  {held.size}")
        return
    if table not in shipped().tables():
        raise click.UsageError(_unknown("table / 代码表", table, shipped().tables()))
    held = shipped().table(table)
    rows = [row for row in held.rows if code in (None, row.code)]
    if not rows:
        raise click.UsageError(_unknown("code / 代码", code or "", (row.code for row in held.rows)))
    if format == "json":
        _json(_table_data(held, code))
        return
    click.echo(f"{held.name.said_in(lang)}  {held.source}  {_completeness(held).said_in(lang)}")
    for row in rows:
        span = f"  {row.span.since or ''}..{row.span.until or ''}" if any(row.span) else ""
        click.echo(f"  {row.code}  {row.name.said_in(lang)}{span}")


@click.command()
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
def template(out: Path) -> None:
    """Write an empty Excel workbook to fill in. 生成空白 Excel 模板。"""
    from auditors.formats.workbook_template import template as made

    write_whole(out, [made(shipped())])
    click.echo(f"{out}")


def _json(data: Any) -> None:
    click.echo(msgspec.json.format(msgspec.json.encode(data), indent=2).decode())


def _full(code: str) -> str:
    """Return a code as it is listed: `w1` is CN-W001."""
    country, _, short = code.upper().rpartition("-")
    return f"{country or 'CN'}-{short[:1]}{short[1:]:0>3}"


def _unknown(what: str, asked: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(asked, list(known), n=3, cutoff=0.5)
    hint = f"; near / 相近: {', '.join(near)}" if near else ""
    return f"no {what} {asked!r}{hint}"


def _status(rule: Rule, lang: Language) -> str:
    return f"{Text('依据状态', 'basis').said_in(lang)}: {STATUSES[rule.status].said_in(lang)}"


def _span(rule: Rule) -> str:
    return f"{rule.span.since or ''} .. {rule.span.until or ''}"


def _meant(field: FormField, name: str | None) -> bool:
    return name is None or name in {field.name, f"{field.block}.{field.name}", field.label.zh}


def _field_lines(field: FormField, block: Block, lang: Language) -> list[str]:
    rules_of = filter(None, (field.need, field.format, field.lookup))
    lines = [
        f"{field.block}.{field.name}  {field.label.zh} / {field.label.en}",
        f"  {Text('所在', 'stands in').said_in(lang)}: {block.label.said_in(lang)}",
        f"  {Text('报文元素', 'element').said_in(lang)}: {'/'.join(filter(None, (block.xml, field.xml))) if field.xml else '-'}",
        f"  {Text('类型', 'kind').said_in(lang)}: {field.kind} {field.size} ({field.required})",
        f"  {Text('依据', 'basis').said_in(lang)}: {field.basis}",
    ]
    if field.table:
        lines.append(f"  {Text('代码表', 'table').said_in(lang)}: {field.table}")
    lines.append(f"  {Text('栏目规则', 'rules').said_in(lang)}: {', '.join(rules_of) or '-'}")
    if field.synonyms:
        lines.append(f"  {Text('又称', 'also called').said_in(lang)}: {'、'.join(field.synonyms)}")
    return lines


def _field_data(field: FormField, block: Block) -> dict[str, Any]:
    data = field._asdict() | {"basis": str(field.basis), "label": field.label._asdict()}
    return data | {"block": block.id, "block_label": block.label._asdict()}


def _completeness(table: CodeTable) -> Text:
    rows = table.size.replace(" of ", "/")
    if table.complete:
        return Text(f"完整（{rows}）", f"complete ({table.size})")
    return Text(
        f"不完整（{rows}），表外代码不作判断",
        f"partial ({table.size}): other codes are not judged",
    )


def _table_data(table: CodeTable, code: str | None) -> dict[str, Any]:
    return {
        "id": table.id,
        "name": table.name._asdict(),
        "source": str(table.source),
        "complete": table.complete,
        "size": table.size,
        "rows": [
            {
                "code": row.code,
                "name": row.name._asdict(),
                "since": row.span.since,
                "until": row.span.until,
                "status": row.status,
                "more": dict(row.more),
            }
            for row in table.rows
            if code in (None, row.code)
        ],
    }
