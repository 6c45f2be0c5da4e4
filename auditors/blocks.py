"""The smaller blocks of a declaration: attachments, transit, supplements, documents, circumstances.

Names and order are those of the field tables in the pack; a test keeps them alike.
"""

from collections.abc import Mapping
from decimal import Decimal

from auditors.part import Day, Moment, Part


class AttachedDocument(Part, frozen=True):
    """Attached documents (随附单据)."""

    edoc_id: str | None = None
    edoc_code: str | None = None
    edoc_format: str | None = None
    edoc_cop_id: str | None = None
    edoc_owner_code: str | None = None
    edoc_owner_name: str | None = None
    edoc_sign_unit: str | None = None
    edoc_sign_time: str | None = None
    edoc_size: str | None = None
    edoc_note: str | None = None


class OriginLink(Part, frozen=True):
    """Origin document links (原产地证明对应关系)."""

    cert_type: str | None = None
    eco_cert_no: str | None = None
    dec_g_no: int | None = None
    eco_g_no: str | None = None
    eco_extension: str | None = None


class RequestedCert(Part, frozen=True):
    """Requested certificates (申请单证)."""

    app_cert_code: str | None = None
    app_originals: int | None = None
    app_copies: int | None = None


class OtherPack(Part, frozen=True):
    """Other packages (其他包装)."""

    other_pack_qty: int | None = None
    other_pack_type: str | None = None


class Qualification(Part, frozen=True):
    """Enterprise qualifications (企业资质)."""

    qualification_no: str | None = None
    qualification_type: str | None = None


class Promise(Part, frozen=True):
    """Promises (企业承诺)."""

    promise_code: str | None = None


class User(Part, frozen=True):
    """Users (使用人)."""

    use_org_person: str | None = None
    use_org_tel: str | None = None


class MarkAttachment(Part, frozen=True):
    """Marks attached (标记唛码附件)."""

    mark_name: str | None = None
    mark_type: str | None = None
    mark_content: str | None = None


class Sign(Part, frozen=True):
    """Signature (签名)."""

    oper_type: str | None = None
    sign_ic_code: str | None = None
    sign_cop_code: str | None = None
    sign_oper_name: str | None = None
    sign_value: str | None = None
    sign_date: str | None = None
    sign_certificate: str | None = None
    sign_host: str | None = None
    sign_bill_seq_no: str | None = None
    sign_domain: str | None = None
    sign_note: str | None = None


class TransitMeans(Part, frozen=True):
    """Transit: means of transport (转关提单信息)."""

    trn_transport_mode: str | None = None
    trn_ship_id: str | None = None
    trn_ship_name_en: str | None = None
    trn_voyage_no: str | None = None
    trn_bill_no: str | None = None
    trn_ie_date: Day | None = None


class TransitContainer(Part, frozen=True):
    """Transit: containers (转关集装箱)."""

    trn_container_no: str | None = None
    trn_container_sn: str | None = None
    trn_container_model: str | None = None
    trn_seal_no: str | None = None
    trn_trans_name: str | None = None
    trn_trans_weight: Decimal | None = None
    trn_seal_qty: int | None = None


class TransitGoods(Part, frozen=True):
    """Transit: goods in containers (转关箱货关系)."""

    trg_container_no: str | None = None
    trg_g_no: int | None = None
    trg_count: int | None = None
    trg_weight: Decimal | None = None


class Transit(Part, frozen=True):
    """Customs transit (转关单)."""

    trn_pre_id: str | None = None
    trans_no: str | None = None
    turn_no: str | None = None
    native_transport_mode: str | None = None
    native_transport_code: str | None = None
    native_ship_name: str | None = None
    native_voyage_no: str | None = None
    contractor_name: str | None = None
    contractor_code: str | None = None
    trans_flag: str | None = None
    transit_valid_time: str | None = None
    e_seal_flag: str | None = None
    transit_note: str | None = None
    transit_type: str | None = None
    transit_applicant_uscc: str | None = None
    means: TransitMeans | None = None
    containers: tuple[TransitContainer, ...] = ()
    goods: tuple[TransitGoods, ...] = ()


class Supplement(Part, frozen=True):
    """Supplementary declarations (补充申报单)."""

    sup_g_no: int | None = None
    sup_type: str | None = None
    sup_buyer_seller_relation: str | None = None
    sup_price_effect: str | None = None
    sup_price_close: str | None = None
    sup_other_limited: str | None = None
    sup_other_effect: str | None = None
    sup_use_fee: str | None = None
    sup_profit: str | None = None
    sup_currency: str | None = None
    sup_duty_deducted: str | None = None
    sup_other_name: str | None = None
    sup_other_code: str | None = None
    sup_class_decision: str | None = None
    sup_decision_no: str | None = None
    sup_decision_code: str | None = None
    sup_decision_customs: str | None = None
    sup_sample_test: str | None = None
    sup_options: str | None = None
    sup_transport_mode: str | None = None
    sup_direct: str | None = None
    sup_transit_country: str | None = None
    sup_dest_port: str | None = None
    sup_decl_port: str | None = None
    sup_bill_no: str | None = None
    sup_origin_country: str | None = None
    sup_origin_mark: str | None = None
    sup_cert_country: str | None = None
    sup_cert_no: str | None = None
    sup_cert_standard: str | None = None


class Risk(Part, frozen=True):
    """Risk (风险信息)."""

    risk_text: str | None = None
    risk_sign: str | None = None
    risk_sign_date: str | None = None
    risk_note: str | None = None


class Invoice(Part, frozen=True):
    """Invoice (发票)."""

    invoice_no: str | None = None
    invoice_date: Day | None = None
    total: Decimal | None = None
    currency: str | None = None
    terms: str | None = None
    seller: str | None = None
    buyer: str | None = None
    origin: str | None = None
    invoice_contract_no: str | None = None


class PackingList(Part, frozen=True):
    """Packing list (装箱单)."""

    gross: Decimal | None = None
    net: Decimal | None = None
    packages: int | None = None
    marks: str | None = None


class BillOfLading(Part, frozen=True):
    """Bill of lading (提运单)."""

    number: str | None = None
    numbers: tuple[str, ...] = ()
    bl_gross: Decimal | None = None
    bl_containers: int | None = None
    loading_port: str | None = None
    discharge_port: str | None = None
    containerised: str | None = None


class Contract(Part, frozen=True):
    """Contract (合同)."""

    contract_number: str | None = None
    contract_date: Day | None = None
    contract_amount: Decimal | None = None
    contract_text: str | None = None


class Context(Part, frozen=True):
    """Circumstances (申报情况)."""

    as_of_date: Day | None = None
    conveyance_arrival_date: Day | None = None
    conveyance_departure_date: Day | None = None
    port_arrival_time: Moment | None = None
    loading_time: Moment | None = None
    declared_at: Moment | None = None
    advance_flag: str | None = None
    two_step_flag: str | None = None
    loading_ports_count: int | None = None
    last_departure_date: Day | None = None
    return_due_date: Day | None = None
    original_trade_date: Day | None = None
    expected_total: Decimal | None = None
    expected_currency: str | None = None
    exchange_rates: Mapping[str, Decimal] = {}


class Documents(Part, frozen=True):
    """Values taken from the commercial documents, where they are at hand."""

    invoice: Invoice | None = None
    packing_list: PackingList | None = None
    bill_of_lading: BillOfLading | None = None
    contract: Contract | None = None
