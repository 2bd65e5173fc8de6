using System.Globalization;
using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;

namespace KanSharp.Interchange.Checkpoints;

/// <summary>ReLU-KAN: G and k are not stored; they are found from where the bumps lie.</summary>
internal sealed class ReluKanFamily : ImportFamily
{
    private const int MostSpan = 10;

    public override string Name => "relu-kan";

    public override string Signature => "equal_size_conv.weight";

    public override IReadOnlyList<string> Parts => ["phase_low", "phase_height", "phase_high", "equal_size_conv.bias"];

    public override IReadOnlyList<string> Settings => ["g", "k"];

    public override bool Matches<T>(NamedTensors<T> layer) => layer.RankOf(Signature) == 4 && layer.Has("phase_low");

    public override KanLinear<T> Read<T>(NamedTensors<T> layer, ImportSettings settings, ImportNotes notes)
    {
        Tensor<T> low = layer.Take("phase_low", 2), high = layer.Take(layer.Has("phase_high") ? "phase_high" : "phase_height", 2);
        if (low.Shape != high.Shape)
            throw new ArgumentException($"The bumps begin at {low.Shape} places and end at {high.Shape}; both must have the same shape.");
        int count = low.Shape[1];
        (int? intervals, int? span) = (settings.Count("g", 1), settings.Count("k", 1));
        if (intervals is null && span is null)
        {
            int found = Guess(low, high, notes);
            (intervals, span) = (count - found, found);
            notes.Assume(string.Create(CultureInfo.InvariantCulture, $"G = {intervals}, k = {span}, from where the bumps lie (g=N or k=N says otherwise)"));
        }

        return PublishedLayers.ReluKan(layer, intervals ?? count - span!.Value, span ?? count - intervals!.Value);
    }

    /// <summary>The k whose start, s_j = (j − k)/G and e_j = s_j + (k + 1)/G, is nearest to the phases.</summary>
    private static int Guess<T>(Tensor<T> low, Tensor<T> high, ImportNotes notes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = low.Shape[1];
        (int Span, double Error)[] tried = [.. Enumerable.Range(1, Math.Clamp(count - 1, 1, MostSpan)).Select(span => (span, Error(span))).OrderBy(one => one.Item2)];
        if (tried.Length > 1 && !(tried[0].Error < 0.5 * tried[1].Error))
            notes.Warn(string.Create(CultureInfo.InvariantCulture, $"training has moved the bumps so far that k = {tried[0].Span} is a guess against k = {tried[1].Span}; say g=N or k=N"));
        return tried[0].Span;

        double Error(int span)
        {
            double intervals = count - span, sum = 0;
            for (int index = 0; index < low.Shape.Count; index++)
            {
                double start = (index % count - span) / intervals;
                sum += Math.Abs(double.CreateTruncating(low.Span[index]) - start) + Math.Abs(double.CreateTruncating(high.Span[index]) - start - (span + 1) / intervals);
            }

            return double.IsFinite(sum) ? sum : double.MaxValue;
        }
    }
}
