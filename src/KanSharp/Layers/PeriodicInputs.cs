using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <summary>
/// Turns periodic features into cosine and sine of their phase, [..., features] to [..., features + periodic ones]: whatever follows is periodic with all its
/// derivatives. Other features pass.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class PeriodicInputs<T> : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly (double Low, double High)?[] _periods;

    /// <summary>Names the periodic features.</summary>
    /// <param name="periods">For every feature the ends of a period, or null where it is not periodic.</param>
    /// <exception cref="ArgumentException">No features, or a period without length.</exception>
    public PeriodicInputs(IReadOnlyList<(double Low, double High)?> periods)
    {
        ArgumentNullException.ThrowIfNull(periods);
        if (periods.Count == 0)
            throw new ArgumentException("There is at least one feature.", nameof(periods));
        foreach ((double Low, double High)? period in periods)
        {
            if (period is { } ends && !(ends.Low < ends.High && double.IsFinite(ends.High - ends.Low)))
                throw new ArgumentException($"A period from {ends.Low} to {ends.High}; its ends are finite and the first is the smaller one.", nameof(periods));
        }

        _periods = [.. periods];
    }

    /// <summary>Number of features that come in.</summary>
    public int Features => _periods.Length;

    /// <summary>Number of features that go out.</summary>
    public int Outputs => _periods.Length + _periods.Count(period => period is not null);

    /// <summary>Computes the features.</summary>
    public override Var<T> Forward(Var<T> x)
    {
        InputShape.Check("PeriodicInputs", x, Features);
        Var<T>? all = null;
        for (int feature = 0; feature < Features; feature++)
        {
            Var<T> column = x.Slice(-1, feature, 1);
            if (_periods[feature] is not { } period)
            {
                all = Append(all, column);
                continue;
            }

            Var<T> phase = (column - T.CreateTruncating(period.Low)) * T.CreateTruncating(2 * Math.PI / (period.High - period.Low));
            all = Append(Append(all, (phase + T.CreateTruncating(Math.PI / 2)).Apply(Activation.Sin)), phase.Apply(Activation.Sin));
        }

        return all!.Value;
    }

    /// <summary>Computes the features and their derivatives.</summary>
    public override Jet<T> Forward(Jet<T> x)
    {
        InputShape.Check("PeriodicInputs", x.Value, Features);
        Jet<T>? all = null;
        for (int feature = 0; feature < Features; feature++)
        {
            Jet<T> column = x.SliceSeed(feature);
            if (_periods[feature] is not { } period)
            {
                all = Append(all, column);
                continue;
            }

            Jet<T> phase = (column - T.CreateTruncating(period.Low)) * T.CreateTruncating(2 * Math.PI / (period.High - period.Low));
            all = Append(Append(all, (phase + T.CreateTruncating(Math.PI / 2)).Apply(Activation.Sin)), phase.Apply(Activation.Sin));
        }

        return all!.Value;
    }

    private static Var<T> Append(Var<T>? all, Var<T> column) => all is { } known ? Var<T>.Concat(-1, known, column) : column;

    private static Jet<T> Append(Jet<T>? all, Jet<T> column) => all is { } known ? Jet<T>.Concat(-1, known, column) : column;
}
