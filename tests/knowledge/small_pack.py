"""A small pack to change: one law, one problem, one measure, one of each other drawer."""

from pathlib import Path

FILES = {
    "sources/cn-law.md": """---
id: cn-law
kind: source
zh: 海关示例法
en: Sample customs law
short: [示例法, Sample Law]
number: 总署令第900号
issuer: GACC
since: 2024-01-01
replaces: [cn-old-law]
url: https://customs.gov.cn/
status: verified
confirmed: 2026-11-21
---

## 24

zh: 进口货物自进境之日起14日内申报
en: Imports are declared within 14 days of entry
status: verified

## general

zh: 本法规范申报
en: This law is about declaring
status: secondary
""",
    "sources/cn-old-law.md": """---
id: cn-old-law
kind: source
zh: 旧示例规定(总署令第800号)
en: Old sample rules (GACC order 800)
number: 总署令第800号
until: 2023-12-31
replaced_by: [cn-law]
status: secondary
confirmed: 2026-11-21
---

## 3

zh: 旧的申报期限
en: The former term
""",
    "problems/cn-late.md": """---
id: cn-late
kind: problem
topic: deadlines
asked: [进口晚报了怎么办, declared too late]
rules: [CN-D005]
cites: [cn-law#24]
status: verified
since: 2024-01-01
confirmed: 2026-11-21
drafted: {by: one, day: 2026-11-21}
reviewed: {by: another, day: 2026-11-22}
---

# 申报晚了 / Declared late

## zh

短答：进境之日起14日内申报。[cn-law#24]

步骤：
1. 尽快申报。

## en

Short answer: Declare within 14 days. [cn-law#24]

Steps:
1. Declare soon.
""",
    "measures/cn-trial.md": """---
id: cn-trial
kind: measure
zh: 示例试点
en: Sample trial
scope: {zh: 甲港, en: port A}
since: "2014"
until: "2024-02"
confirmed: 2026-11-21
status: secondary
origin: {zh: 一篇报道, en: a report}
cites: []
---

## zh

是什么：一个试点。

## en

What it is: a trial.
""",
    "parameters/deadlines.yaml": """- id: cn.term.days
  name: {zh: 申报期限, en: Term}
  unit: days
  confirmed: 2026-11-21
  status: verified
  values:
    - {since: 2024-01-01, value: "14", source: "cn-law#24"}
""",
    "codes/kind.csv": """# id: cn.kind
# zh: 种类代码表
# en: Kinds
# source: cn-law#24
# confirmed: 2026-11-21
# complete: complete
# size: 1 of 1
code,zh,en,status,since,until
A,甲,Kind A,verified,2024-01-01,
""",
    "fields/header.csv": """# id: header
# zh: 表头
# en: Header
# sheet: 表头
# xml:
name,zh,en,xml,kind,size,required,need,shape,format,length,table,lookup,basis,synonyms
net_weight,净重,Net weight,DecHead/NetWt,number,,R,,,,,,,cn-law#24,净重公斤
""",
    "field_notes/header.yaml": """net_weight:
  means: {zh: 不含外包装的重量。, en: Weight without the outer packing.}
  example: "980"
  mistakes:
    - {zh: "与毛重填反 [CN-D005]", en: "Swapped with gross weight [CN-D005]"}
  cites: ["cn-law#24"]
  status: verified
""",
    "glossary.csv": "zh,en,synonyms,kind,table,code\n滞报金,late fee,迟报金;滞报费,term,,\n",
    "services.csv": (
        "id,zh,en,authority_zh,authority_en,path_zh,path_en,hotline,asked,status,origin\n"
        "pay,缴费,Paying,海关,Customs,单一窗口,Single Window,12360,在哪缴;where to pay,verified,"
        "公告 / announcement\n"
    ),
}


def small_pack(folder: Path, **changed: tuple[str, str]) -> Path:
    """Write the small pack to a folder.

    Args:
        folder: where to.
        changed: by the file's stem, what to put in place of what.
    """
    unused = set(changed)
    for name, text in FILES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        stem = file.stem.replace("-", "_")
        old, new = changed.get(stem, ("", ""))
        if old and old in text:
            unused.discard(stem)
        file.write_text(text.replace(old, new) if old else text, "utf-8")
    assert not unused, "these change nothing"
    return folder
