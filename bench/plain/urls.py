from django.urls import include, path
from rest_framework.routers import DefaultRouter
from rest_framework.serializers import ModelSerializer
from rest_framework.viewsets import ReadOnlyModelViewSet

from missions.models import Claim, Country, Deployment, Mission


class CountrySerializer(ModelSerializer):
    class Meta:
        model = Country
        fields = ["code", "name_en"]


class MissionSerializer(ModelSerializer):
    class Meta:
        model = Mission
        fields = ["slug", "name"]


class ClaimSerializer(ModelSerializer):
    class Meta:
        model = Claim
        exclude = ["id"]


class DeploymentSerializer(ModelSerializer):
    contributing_country = CountrySerializer()
    host_country = CountrySerializer()
    mission = MissionSerializer()

    class Meta:
        model = Deployment
        exclude = ["id", "state", "identity_note", "evidence"]


class DetailSerializer(DeploymentSerializer):
    claims = ClaimSerializer(many=True)


class Deployments(ReadOnlyModelViewSet):
    queryset = Deployment.objects.filter(state="published").select_related(
        "contributing_country", "host_country", "mission"
    )
    lookup_field = "slug"
    filterset_fields = {
        "contributing_country__code": ["exact"],
        "status": ["exact"],
        "start_earliest": ["lte"],
        "start_latest": ["gte"],
    }
    ordering_fields = ["personnel_best"]

    def get_serializer_class(self):
        return DeploymentSerializer if self.action == "list" else DetailSerializer


class Claims(ReadOnlyModelViewSet):
    queryset = Claim.objects.filter(state="published").select_related("article", "deployment")
    serializer_class = ClaimSerializer
    search_fields = ["exact"]


router = DefaultRouter()
router.register("deployments", Deployments)
router.register("claims", Claims)
urlpatterns = [path("", include(router.urls))]
