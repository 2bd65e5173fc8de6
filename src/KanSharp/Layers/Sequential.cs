using System.Globalization;
using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <summary>Modules one after the other. Their names are their positions: the first one's weight has the path <c>0.weight</c>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Sequential<T> : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Module<T>[] _modules;

    /// <summary>Puts modules in order; without any the result is the identity.</summary>
    /// <exception cref="ArgumentNullException">A module is null.</exception>
    public Sequential(params ReadOnlySpan<Module<T>> modules)
    {
        _modules = modules.ToArray();
        Members = [.. _modules.Select((module, index) => (Member<T>)(index.ToString(CultureInfo.InvariantCulture), module))];
    }

    /// <summary>The modules, input first.</summary>
    public IReadOnlyList<Module<T>> Layers => _modules;

    /// <inheritdoc/>
    public override IReadOnlyList<Member<T>> Members { get; }

    /// <inheritdoc/>
    public override Var<T> Forward(Var<T> x)
    {
        foreach (Module<T> module in _modules)
            x = module.Forward(x);
        return x;
    }

    /// <inheritdoc/>
    public override Jet<T> Forward(Jet<T> x)
    {
        foreach (Module<T> module in _modules)
            x = module.Forward(x);
        return x;
    }

    internal override RowPlan? Plan(int features) => ModuleChain<T>.Plan(_modules, features);

    internal override void Evaluate(int rows, ReadOnlySpan<T> x, Span<T> y, Executor executor) =>
        ModuleChain<T>.Evaluate(_modules, rows, x, y, executor);
}
