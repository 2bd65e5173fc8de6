using KanSharp.Benchmarks.Cases;

namespace KanSharp.Benchmarks;

/// <summary>Every case the harness knows.</summary>
internal static class CaseRegistry
{
    public static IReadOnlyList<IBenchmarkCase> All { get; } =
    [
        new AccuracyCase(),
        new DeepToyCase(),
        new DimensionlessCase(),
        new ElementwiseCase(),
        new ConvolutionCase(),
        new EquationsCase(),
        new FamiliesCase(),
        new FeynmanCase(),
        new GemmCase(),
        new HelloCase(),
        new ImagesCase(),
        new InterchangeCase(),
        new LayerCase(),
        new NetworkCase(),
        new NkCase(),
        new PeakCase(),
        new PredictCase(),
        new ScalingCase(),
        new SpecialCase(),
        new SrbenchCase(),
        new TabularCase(),
        new ToyCase(),
        new TutorialsCase(),
    ];

    public static IBenchmarkCase? Find(string name) => All.FirstOrDefault(one => one.Name == name);
}
