namespace KanSharp.Tests.Parity;

/// <summary>Every case of the reference folder, by its kind. A kind that is not built yet is reported as skipped.</summary>
[Trait("Category", "Parity")]
public class ParityTests
{
    public static TheoryData<string> Cases => VectorFolder.Cases.Count == 0 ? ["(none)"] : [.. VectorFolder.Cases];

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithReference(string name)
    {
        if (VectorFolder.Path is null)
            Assert.Skip("No reference values: set KANSHARP_VECTORS to a folder of kan-parity/1 files.");
        VectorCase vector = VectorCase.Load(name);
        switch (vector.Family, vector.Kind)
        {
            case ("efficient-kan", "forward_grad"): EfficientKanForward.Check(vector); break;
            case ("efficient-kan", "regularization"): EfficientKanRegularization.Check(vector); break;
            case ("efficient-kan", "curve2coeff"): EfficientKanFits.CheckCurveFit(vector); break;
            case ("efficient-kan", "init"): EfficientKanFits.CheckInitialization(vector); break;
            case ("efficient-kan", "update_grid"): EfficientKanGridUpdate.CheckLayer(vector); break;
            case ("efficient-kan", "update_grid_network"): EfficientKanGridUpdate.CheckNetwork(vector); break;
            case ("efficient-kan", "train"): EfficientKanTraining.Check(vector); break;
            case ("pykan", "bspline"): PykanBasis.Check(vector); break;
            case ("pykan", "pykan_layer_init"): PykanLayer.CheckInitialization(vector); break;
            case ("pykan", "pykan_reg"): PykanRegularization.Check(vector); break;
            case ("pykan", "pykan_update_grid"): PykanGrids.CheckUpdate(vector); break;
            case ("pykan", "pykan_layer_update_grid_mode_grid"): PykanGrids.CheckLayerUpdate(vector); break;
            case ("pykan", "pykan_refine"): PykanGrids.CheckRefine(vector); break;
            case ("pykan", "pykan_forward_grad" or "symbolic_forward_grad"): PykanForward.Check(vector); break;
            case ("pykan", "pykan_fit"): PykanTraining.Check(vector); break;
            case ("pykan", "attribution"): PykanAttribution.Check(vector); break;
            case ("pykan", "pykan_prune"): PykanPruning.Check(vector); break;
            case ("pykan", "pykan_prune_input"): PykanPruning.CheckInput(vector); break;
            case ("pykan", "lbfgs"): PykanLbfgs.Check(vector); break;
            case ("pykan", "fit_params"): PykanSymbolicFits.CheckFitParams(vector); break;
            case ("pykan", "suggest_symbolic"): PykanSymbolicFits.CheckSuggestions(vector); break;
            case ("pykan", "auto_symbolic"): PykanSymbolicFits.CheckAutomatic(vector); break;
            case ("fast-kan", "forward_grad") when vector.Config.TryGetProperty("q_dim", out _): FastKanAttention.Check(vector); break;
            case ("fast-kan" or "relu_kan" or "ChebyKAN" or "Wav-KAN", "forward_grad"): PublishedFamilies.Check(vector); break;
            case ("Wav-KAN", "forward_grad_eval_train"): PublishedFamilies.CheckModes(vector); break;
            case ("Convolutional-KANs", "forward_grad"): ConvolutionalKans.Check(vector); break;
            default: Assert.Skip($"Kind '{vector.Kind}' of {vector.Family} is not built yet."); break;
        }
    }
}
