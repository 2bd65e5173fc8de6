using KanSharp.Extensions.DependencyInjection;

// the namespace in which every program that registers services already is
#pragma warning disable IDE0130
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Registers predictors of model files.</summary>
public static class KanPredictorServiceCollectionExtensions
{
    /// <summary>
    /// Adds a singleton <see cref="IKanPredictor"/>. The file is read and checked now, so that a program with a wrong model ends at its start and not at its first request.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="path">File of a model for tables; relative to the current folder.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="KanSharp.Interchange.ModelFileException">The file is damaged, of another kind, or holds no model for tables; the message names file and place.</exception>
    public static IServiceCollection AddKanPredictor(this IServiceCollection services, string path)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddSingleton<IKanPredictor>(KanPredictor.Load(path));
    }

    /// <summary>Adds a singleton <see cref="IKanPredictor"/> under a key, for several models side by side. The file is read and checked now.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The key: <c>[FromKeyedServices(name)]</c>, or <see cref="ServiceProviderKeyedServiceExtensions.GetRequiredKeyedService{T}(IServiceProvider, object?)"/>.</param>
    /// <param name="path">File of a model for tables; relative to the current folder.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="KanSharp.Interchange.ModelFileException">The file is damaged, of another kind, or holds no model for tables; the message names file and place.</exception>
    public static IServiceCollection AddKanPredictor(this IServiceCollection services, string name, string path)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return services.AddKeyedSingleton<IKanPredictor>(name, KanPredictor.Load(path));
    }
}
