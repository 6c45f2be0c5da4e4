"""The draft declaration (报关单草稿): header, items, containers, licences and the smaller blocks.

Labels, elements, kinds and tables of the fields are data: the field tables of the pack. The
classes here give the same names their types. Every field may be empty: this is a draft.
"""

from decimal import Decimal

import msgspec

from auditors.blocks import (
    AttachedDocument,
    Context,
    Documents,
    MarkAttachment,
    OriginLink,
    OtherPack,
    Promise,
    Qualification,
    RequestedCert,
    Risk,
    Sign,
    Supplement,
    Transit,
    User,
)
from auditors.part import Day, Part
from auditors.place import Oddity


class Header(Part, frozen=True):
    """Header (表头)."""

    seq_no: str | None = None
    client_seq_no: str | None = None
    ie_flag: str | None = None
    declaration_kind: str | None = None
    entry_type: str | None = None
    decl_trn_rel: str | None = None
    edi_id: str | None = None
    bill_type: str | None = None
    pre_entry_id: str | None = None
    entry_id: str | None = None
    customs_master: str | None = None
    ie_port: str | None = None
    ie_date: Day | None = None
    declare_date: Day | None = None
    manual_no: str | None = None
    contract_no: str | None = None
    trade_code: str | None = None
    trade_uscc: str | None = None
    trade_name: str | None = None
    trade_name_en: str | None = None
    trade_ciq_code: str | None = None
    overseas_consignor_code: str | None = None
    overseas_consignor_name_en: str | None = None
    overseas_consignor_name_cn: str | None = None
    overseas_consignor_addr: str | None = None
    overseas_consignee_code: str | None = None
    overseas_consignee_name_en: str | None = None
    owner_code: str | None = None
    owner_uscc: str | None = None
    owner_name: str | None = None
    owner_ciq_code: str | None = None
    agent_code: str | None = None
    agent_uscc: str | None = None
    agent_name: str | None = None
    agent_ciq_code: str | None = None
    input_unit_code: str | None = None
    input_unit_uscc: str | None = None
    input_unit_name: str | None = None
    declarant_name: str | None = None
    typist_ic_no: str | None = None
    inputer_name: str | None = None
    transport_mode: str | None = None
    transport_name: str | None = None
    voyage_no: str | None = None
    bill_no: str | None = None
    bl_doc_no: str | None = None
    goods_place: str | None = None
    desp_date: Day | None = None
    discharge_date: Day | None = None
    trade_mode: str | None = None
    cut_mode: str | None = None
    license_no: str | None = None
    desp_port_code: str | None = None
    trade_area_code: str | None = None
    trade_country: str | None = None
    transit_port_code: str | None = None
    entry_port_code: str | None = None
    wrap_type: str | None = None
    pack_no: int | None = None
    gross_weight: Decimal | None = None
    net_weight: Decimal | None = None
    trans_mode: str | None = None
    fee_mark: str | None = None
    fee_rate: Decimal | None = None
    fee_curr: str | None = None
    insur_mark: str | None = None
    insur_rate: Decimal | None = None
    insur_curr: str | None = None
    other_mark: str | None = None
    other_rate: Decimal | None = None
    other_curr: str | None = None
    note: str | None = None
    mark_no: str | None = None
    special_relation_flag: str | None = None
    price_effect_flag: str | None = None
    royalty_flag: str | None = None
    formula_price_flag: str | None = None
    provisional_price_flag: str | None = None
    surety_flag: str | None = None
    check_flow: str | None = None
    tax_admin_mark: str | None = None
    org_code: str | None = None
    vsa_org_code: str | None = None
    insp_org_code: str | None = None
    purp_customs: str | None = None
    special_business: str | None = None
    orig_box_flag: str | None = None
    correlation_no: str | None = None
    correlation_reason: str | None = None
    no_other_pack: str | None = None
    edi_remark: str | None = None
    edi_remark2: str | None = None
    appr_no: str | None = None
    print_date: Day | None = None
    partner_id: str | None = None
    data_source: str | None = None
    tgd_no: str | None = None
    risk_parameter: str | None = None
    related_declaration_no: str | None = None
    related_manual_no: str | None = None
    bonded_place_no: str | None = None
    broker_no: str | None = None
    yard_code: str | None = None
    dec_no: str | None = None
    ec_no: str | None = None


class Vehicle(Part, frozen=True):
    """Vehicle identification (车辆VIN信息)."""

    vin_permit_no: str | None = None
    vin_permit_type: str | None = None
    vin_no: str | None = None
    vin_bill_date: Day | None = None
    vin_quality_period: str | None = None
    vin_motor_no: str | None = None
    vin_code: str | None = None
    vin_chassis_no: str | None = None
    vin_invoice_count: Decimal | None = None
    vin_name_zh: str | None = None
    vin_name_en: str | None = None
    vin_model_en: str | None = None
    vin_price: Decimal | None = None
    vin_invoice_no: str | None = None


class Permit(Part, frozen=True):
    """Product permits (产品许可/审批/备案)."""

    permit_item_no: str | None = None
    permit_type: str | None = None
    permit_no: str | None = None
    permit_detail_no: str | None = None
    permit_qty: Decimal | None = None
    permit_unit: str | None = None
    vin: tuple[Vehicle, ...] = ()


class Item(Part, frozen=True):
    """Goods items (表体)."""

    g_no: int | None = None
    manual_item_no: str | None = None
    hs_code: str | None = None
    hs_extra_code: str | None = None
    ciq_code: str | None = None
    ciq_name: str | None = None
    goods_name: str | None = None
    goods_model: str | None = None
    qty: Decimal | None = None
    unit: str | None = None
    first_qty: Decimal | None = None
    first_unit: str | None = None
    second_qty: Decimal | None = None
    second_unit: str | None = None
    unit_price: Decimal | None = None
    total_price: Decimal | None = None
    currency: str | None = None
    origin_country: str | None = None
    origin_place_code: str | None = None
    destination_country: str | None = None
    district_code: str | None = None
    dest_code: str | None = None
    duty_mode: str | None = None
    use_to: str | None = None
    purpose: str | None = None
    goods_attr: tuple[str, ...] = ()
    goods_spec: str | None = None
    goods_brand: str | None = None
    goods_model_ciq: str | None = None
    produce_date: str | None = None
    prod_batch_no: str | None = None
    prod_valid_date: Day | None = None
    shelf_life: int | None = None
    stuff: str | None = None
    un_code: str | None = None
    dang_name: str | None = None
    dang_pack_type: str | None = None
    dang_pack_spec: str | None = None
    non_dangerous_flag: str | None = None
    overseas_manufacturer: str | None = None
    manufacturer_reg_no: str | None = None
    manufacturer_name: str | None = None
    goods_name_en: str | None = None
    exg_no: str | None = None
    exg_version: str | None = None
    work_usd: Decimal | None = None
    class_mark: str | None = None
    factor: Decimal | None = None
    fta_code: str | None = None
    fta_origin: str | None = None
    origin_doc_type: str | None = None
    origin_doc_no: str | None = None
    origin_doc_item: str | None = None
    pack_qty: int | None = None
    goods_limits: tuple[Permit, ...] = ()


class Container(Part, frozen=True):
    """Containers (集装箱)."""

    container_no: str | None = None
    container_model: str | None = None
    goods_nos: tuple[int, ...] = ()
    lcl_flag: str | None = None
    container_weight: Decimal | None = None
    tare_weight: Decimal | None = None


class Licence(Part, frozen=True):
    """Licences and certificates (随附单证)."""

    licence_code: str | None = None
    licence_no: str | None = None
    valid_to: Day | None = None


class Message(Part, frozen=True):
    """What the reader noticed about the file itself; empty for a draft made in a program."""

    form: str | None = None
    """json, xml or xlsx."""
    encoding: str | None = None
    """Encoding the bytes were in, where it was not UTF-8."""
    namespace: str | None = None
    version: str | None = None
    confirmations: str | None = None
    """The confirmation string PromiseItmes as it stood."""
    unknown: tuple[Oddity, ...] = ()
    """Elements, keys or columns that the form does not have; `found` is the name."""
    repeated: tuple[Oddity, ...] = ()
    """Elements that stood twice in one block; `found` is the second value."""
    unreadable: tuple[Oddity, ...] = ()
    """Values that could not be read as their field's kind."""
    lost_zeros: tuple[Oddity, ...] = ()
    """Codes that came as numbers; `read_as` has the zeros again."""
    named: tuple[Oddity, ...] = ()
    """Names or code-and-name cells that were resolved to a code."""
    disagreeing: tuple[Oddity, ...] = ()
    """Cells whose code and name mean different things; `read_as` is the code the name has."""
    ambiguous: tuple[Oddity, ...] = ()
    """Names that several codes have; `read_as` lists them."""
    untidy: tuple[Oddity, ...] = ()
    """Numbers and dates written with blanks or full-width digits; `read_as` is the plain value."""
    formulas: tuple[Oddity, ...] = ()
    """Cells that hold a formula; the result stored with it was read."""


class Declaration(Part, frozen=True):
    """A draft declaration."""

    schema: str | None = None
    header: Header = Header()
    items: tuple[Item, ...] = ()
    containers: tuple[Container, ...] = ()
    licences: tuple[Licence, ...] = ()
    attached_documents: tuple[AttachedDocument, ...] = ()
    origin_links: tuple[OriginLink, ...] = ()
    requested_certs: tuple[RequestedCert, ...] = ()
    other_packs: tuple[OtherPack, ...] = ()
    enterprise_qualifications: tuple[Qualification, ...] = ()
    promises: tuple[Promise, ...] = ()
    users: tuple[User, ...] = ()
    mark_attachments: tuple[MarkAttachment, ...] = ()
    sign: Sign = Sign()
    transit: Transit | None = None
    supplements: tuple[Supplement, ...] = ()
    risk: Risk | None = None
    documents: Documents = Documents()
    context: Context = Context()
    message: Message = Message()
    extras: tuple[str, ...] = ()
    """Elements of the message outside the form's blocks, kept as they stood for the way back."""


# msgspec works out the types of a class when they are first needed, and a second thread that needs
# them meanwhile crashes the process. Here only one thread can come by.
msgspec.convert({}, Declaration)
