from django.contrib import admin
from django.db.models import Count, Q
from django.utils.html import format_html, format_html_join

from missions.admin.base import dates
from missions.admin.links import link
from missions.admin.review import ReviewedAdmin
from missions.models import Article, Deployment


@admin.register(Article)
class ArticleAdmin(ReviewedAdmin):
    list_display = ["slug", "title", "published_edtf", "language", "state", "facts"]
    list_filter = ["state", "language", "text_public"]
    search_fields = ["slug", "title", "body"]
    readonly_fields = [
        "state",
        "text",
        "its_statements",
        "its_claims",
        "its_deployments",
        "body_sha256",
        "raw_sha256",
        "revision",
    ]
    fieldsets = [
        ("Text", {"fields": ["text"]}),
        ("What it says", {"fields": ["its_statements", "its_claims", "its_deployments"]}),
        (
            "Source",
            {
                "fields": [
                    "slug",
                    "title",
                    "publisher",
                    "author",
                    "url",
                    "archive_url",
                    "accessed_on",
                    "language",
                    *dates("published"),
                ]
            },
        ),
        ("Review", {"fields": ["state", "text_public", "reason", "revision", "body_sha256", "raw_sha256"]}),
    ]

    def has_add_permission(self, request):
        return False  # a text comes in by ingest, which knows its checksum

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .annotate(statement_count=Count("statements", distinct=True), claim_count=Count("claims", distinct=True))
        )

    @admin.display(description="statements, claims")
    def facts(self, article):
        return f"{article.statement_count}, {article.claim_count}"

    @admin.display(description="text")
    def text(self, article):
        paragraphs = ((paragraph,) for paragraph in article.body.split("\n") if paragraph.strip())
        return format_html(
            '<div class="article-text" lang="{}">{}</div>',
            article.language,
            format_html_join("", "<p>{}</p>", paragraphs),
        )

    @admin.display(description="statements")
    def its_statements(self, article):
        return _list(
            (
                link(s),
                " · ".join(
                    filter(
                        None,
                        [s.speaker or s.role or "unnamed", s.organization, s.get_form_display(), s.get_state_display()],
                    )
                ),
                s.exact,
            )
            for s in article.statements.order_by("start", "number")
        )

    @admin.display(description="claims")
    def its_claims(self, article):
        return _list(
            (
                link(c),
                " · ".join(
                    filter(
                        None,
                        [
                            str(c.deployment),
                            "planned" if c.planned else None,
                            c.get_stage_display(),
                            c.date_words,
                            c.personnel_words,
                            c.get_state_display(),
                        ],
                    )
                ),
                c.exact,
            )
            for c in article.claims.select_related("deployment").order_by("start", "number")
        )

    @admin.display(description="deployments")
    def its_deployments(self, article):
        rows = Deployment.objects.filter(Q(claims__article=article)).distinct()
        return _list(
            (
                link(d),
                " · ".join(
                    filter(None, [d.get_status_display(), d.start_edtf, d.personnel_words, d.get_state_display()])
                ),
                d.contribution or "",
            )
            for d in rows
        )


def _list(items):
    return (
        format_html('<ol class="facts">{}</ol>', format_html_join("", "<li>{} — {}<br><q>{}</q></li>", items))
        if items
        else "none"
    )
