using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Tests.Training;

/// <summary>tanh(x·A + a) with optional dropout, times B plus b: enough to train, without depending on the layers under test elsewhere.</summary>
internal sealed class TinyNet<T> : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double _dropout;

    public TinyNet(int inputs, int hidden, int outputs, ulong seed = 1, double dropout = 0)
    {
        _dropout = dropout;
        var random = new SplitRandom(seed);
        A = Random(random, new Shape(inputs, hidden));
        Shift = Random(random, new Shape(hidden));
        B = Random(random, new Shape(hidden, outputs));
        Bias = new Parameter<T>(new Shape(outputs));
    }

    public Parameter<T> A { get; }

    public Parameter<T> Shift { get; }

    public Parameter<T> B { get; }

    public Parameter<T> Bias { get; }

    public override IReadOnlyList<Member<T>> Members => [("a", A), ("shift", Shift), ("b", B), ("bias", Bias)];

    public override Var<T> Forward(Var<T> x)
    {
        Var<T> hidden = (x.MatMul(A) + Shift).Tanh();
        if (_dropout > 0 && x.Tape.Training)
            hidden = hidden.Dropout(_dropout);
        return hidden.MatMul(B) + Bias;
    }

    public T[] Values() => [.. A.Value.Span, .. Shift.Value.Span, .. B.Value.Span, .. Bias.Value.Span];

    private static Parameter<T> Random(SplitRandom random, Shape shape)
    {
        var parameter = new Parameter<T>(shape);
        foreach (ref T value in parameter.Value.Span)
            value = T.CreateTruncating(random.NextDouble() * 2 - 1);
        return parameter;
    }
}
