using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers.Kernels;
using KanSharp.Numerics;

namespace KanSharp.Tests.Layers;

/// <summary>A layer made of a global basis node with everything that it can have, filled with random numbers.</summary>
internal sealed class GlobalLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ActivationBasis<T>? _branch;

    public GlobalLayer(GlobalBasis<T> basis, int inputs, int outputs, Random random, bool scale, bool mask, Activation? activation, bool bias)
    {
        (Basis, Inputs, Outputs, Activation) = (basis, inputs, outputs, activation);
        Coefficients = new Parameter<T>(Draw(new Shape(inputs, basis.Count, outputs), random));
        if (scale)
            Scale = new Parameter<T>(Draw(new Shape(inputs, outputs), random));
        if (activation is not null)
        {
            _branch = new ActivationBasis<T>(activation);
            Base = new Parameter<T>(Draw(new Shape(inputs, outputs), random));
        }

        if (bias)
            Bias = new Parameter<T>(Draw(new Shape(outputs), random));
        if (!mask)
            return;
        Mask = new Tensor<T>(new Shape(inputs, outputs));
        foreach (ref T value in Mask.Span)
            value = random.Next(4) == 0 ? T.Zero : T.One;
    }

    public GlobalBasis<T> Basis { get; }

    public int Inputs { get; }

    public int Outputs { get; }

    public Activation? Activation { get; }

    public Parameter<T> Coefficients { get; }

    public Parameter<T>? Scale { get; }

    public Parameter<T>? Base { get; }

    public Parameter<T>? Bias { get; }

    public Tensor<T>? Mask { get; }

    public IEnumerable<(string Path, Parameter<T> Parameter)> Parameters =>
        new (string, Parameter<T>?)[] { ("coefficients", Coefficients), ("scale", Scale), ("base", Base), ("bias", Bias) }
            .Where(item => item.Item2 is not null).Select(item => (item.Item1, item.Item2!));

    public static GlobalLayer<T> Random(GlobalBasis<T> basis, int seed, int largest)
    {
        var random = new Random(seed);
        return new GlobalLayer<T>(
            basis, 1 + random.Next(largest), 1 + random.Next(largest), random, random.Next(2) == 0, random.Next(3) == 0,
            random.Next(2) == 0 ? Activation.SiLU : null, random.Next(2) == 0);
    }

    private Buffer<T> MaskOf => Mask is null ? default : new Buffer<T>(Mask.Array, 0, Mask.Shape.Count);

    /// <summary>The derivative of the given order times the multiplier; the bias belongs to order 0 without multiplier.</summary>
    public Var<T> Forward(Var<T> x, int order = 0, Node<T>? multiplier = null)
    {
        Tape<T> tape = x.Tape;
        var term = new GlobalTerm<T>(
            Basis, x.Node, tape.Use(Coefficients).Node, Scale is null ? null : tape.Use(Scale).Node, MaskOf, multiplier);
        GlobalTerm<T>? baseTerm = Base is null
            ? null
            : new GlobalTerm<T>(_branch!, x.Node, tape.Use(Base).Node, null, MaskOf, multiplier);
        Var<T>? bias = Bias is null || order > 0 || multiplier is not null ? null : tape.Use(Bias);
        return GlobalContractionNode<T>.Record(term, baseTerm, bias, order);
    }

    public Jet<T> Forward(Jet<T> x) => new(Forward(x.Value), Forward(x.Value, 1, x.Derivative.Node));

    private static Tensor<T> Draw(Shape shape, Random random)
    {
        var tensor = new Tensor<T>(shape);
        foreach (ref T value in tensor.Span)
            value = T.CreateTruncating((2 * random.NextDouble()) - 1);
        return tensor;
    }
}
