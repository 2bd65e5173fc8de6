using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Layers;

/// <summary>
/// A function with parameters: a layer, a network, or your own combination of them. A custom module overrides <see cref="Forward(Var{T})"/>
/// and lists what it holds in <see cref="Members"/>, so that its parameters are found, named, trained and saved.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract partial class Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// The parameters, state tensors and sub-modules in a fixed order, each with its name: <c>[("kan", kan), ("attention", attention)]</c>.
    /// Empty by default.
    /// </summary>
    public virtual IReadOnlyList<Member<T>> Members => [];

    /// <summary>Computes the output. Must not change the module.</summary>
    /// <param name="x">Inputs; layers accept any leading axes and work on the last, [..., inputs].</param>
    public abstract Var<T> Forward(Var<T> x);

    /// <summary>Computes the output and its derivative along the direction that the input carries.</summary>
    /// <exception cref="NotSupportedException">The module has no derivative rule.</exception>
    public virtual Jet<T> Forward(Jet<T> x) =>
        throw new NotSupportedException($"{GetType().Name} has no rule for derivatives with respect to its input; override Forward(Jet<T>).");

    /// <summary>All parameters below this module with their dotted paths (<c>layers.0.coefficients</c>), in member order; shared ones once.</summary>
    public IEnumerable<(string Path, Parameter<T> Parameter)> Parameters()
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach ((string path, object item) in Walk(""))
        {
            if (item is Parameter<T> parameter && seen.Add(parameter))
                yield return (path, parameter);
        }
    }

    /// <summary>All state tensors (knots, masks, running statistics) below this module with their dotted paths; shared ones once.</summary>
    public IEnumerable<(string Path, StateTensor<T> State)> States()
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach ((string path, object item) in Walk(""))
        {
            if (item is StateTensor<T> state && seen.Add(state))
                yield return (path, state);
        }
    }

    /// <summary>This module and all below it, outermost first.</summary>
    public IEnumerable<Module<T>> Modules()
    {
        yield return this;
        foreach (Member<T> member in Members)
        {
            if (member.Item is not Module<T> child)
                continue;
            foreach (Module<T> module in child.Modules())
                yield return module;
        }
    }

    /// <summary>Number of trainable values (frozen parameters are not counted).</summary>
    public long CountParameters() => Parameters().Where(entry => entry.Parameter.Trainable).Sum(entry => (long)entry.Parameter.Shape.Count);

    /// <summary>Allows or forbids training to change the parameters below this module.</summary>
    /// <param name="trainable">False freezes.</param>
    /// <param name="path">Only parameters whose path is this or starts with this and a dot; all by default.</param>
    /// <exception cref="ArgumentException">No parameter has that path.</exception>
    public void SetTrainable(bool trainable, string path = "")
    {
        ArgumentNullException.ThrowIfNull(path);
        int changed = 0;
        foreach ((string name, Parameter<T> parameter) in Parameters())
        {
            if (path.Length > 0 && name != path && !name.StartsWith(path + ".", StringComparison.Ordinal))
                continue;
            parameter.Trainable = trainable;
            changed++;
        }

        if (changed == 0 && path.Length > 0)
            throw new ArgumentException($"No parameter is named '{path}'. There are: {string.Join(", ", Parameters().Select(entry => entry.Path))}.", nameof(path));
    }

    private IEnumerable<(string Path, object Item)> Walk(string prefix)
    {
        foreach (Member<T> member in Members)
        {
            string path = prefix + member.Name;
            if (member.Item is Module<T> child)
            {
                foreach ((string Path, object Item) below in child.Walk(path + "."))
                    yield return below;
            }
            else
            {
                yield return (path, member.Item);
            }
        }
    }
}
