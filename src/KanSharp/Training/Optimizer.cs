using System.Numerics;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>The state of an optimiser over the trainable parameters of a module. Made by <see cref="OptimizerOptions.Bind"/>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class Optimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private protected Optimizer(Module<T> module, IReadOnlyList<ParameterGroup> groups, Executor? executor)
    {
        ArgumentNullException.ThrowIfNull(module);
        Executor = executor ?? Executor.Default;
        Slots = [.. module.Parameters()
            .Where(entry => entry.Parameter.Trainable)
            .Select(entry => new ParameterSlot<T>(entry.Path, entry.Parameter, groups.FirstOrDefault(group => group.Contains(entry.Path))))];
        if (Slots.Length == 0)
            throw new ArgumentException($"{module.GetType().Name} has no trainable parameter.", nameof(module));
        foreach (ParameterGroup group in groups)
        {
            if (!Slots.Any(slot => group.Contains(slot.Path)))
                throw new ArgumentException($"No trainable parameter belongs to group '{group.Path}'. There are: {string.Join(", ", Slots.Select(slot => slot.Path))}.", nameof(groups));
        }
    }

    internal Executor Executor { get; }

    internal ParameterSlot<T>[] Slots { get; }

    /// <summary>Whether every step goes through all training data.</summary>
    internal virtual bool TakesAllData => false;

    /// <summary>Forgets what was learned about a parameter from earlier gradients; called after its meaning has changed (a grid update).</summary>
    /// <param name="path">The parameter's path; everything if null.</param>
    public abstract void Reset(string? path = null);

    /// <summary>What takes the steps of a training run with this optimiser.</summary>
    internal abstract IStepper CreateStepper(StepperContext<T> context);

    /// <summary>Writes the state as named arrays; reading them back into a fresh optimiser continues bit for bit.</summary>
    internal abstract void Save(StateWriter<T> state);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    internal abstract void Load(StateReader<T> state);

    /// <summary>
    /// Goes on with what the optimiser of the network before a refinement knew, carried over to the new coefficients. By default nothing is:
    /// the optimiser starts afresh.
    /// </summary>
    /// <param name="before">The optimiser of the old network, of the same kind, settings and trainable parameters.</param>
    /// <param name="transfer">How arrays of parameters are carried over.</param>
    internal virtual void CarryFrom(Optimizer<T> before, ParameterTransfer<T> transfer)
    {
    }
}
