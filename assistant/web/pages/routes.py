"""Every page, gathered into one router."""

from fastapi import APIRouter

from assistant.web.pages import asking, auditing, law, log_in, own_files, problems, reference

router = APIRouter(include_in_schema=False)
for each in (asking, auditing, problems, reference, law, log_in, own_files):
    router.include_router(each.router)
