using System.Reflection;
using System.Runtime.CompilerServices;

namespace KanSharp.Tests.Architecture;

/// <summary>What the compiled library may reference and hold.</summary>
public sealed class LibraryAssemblyTests
{
    private static readonly Assembly Library = typeof(KanSharp.Autodiff.Tensor<>).Assembly;
    private static readonly string[] AllowedPackages = ["CsvHelper", "Google.Protobuf", "MathNet.Numerics"];
    private static readonly string[] ForbiddenParts =
        ["System.Console", "System.Reflection.Emit", "System.Net.Http", "System.Diagnostics.Process", "System.Linq.Expressions"];

    [Fact]
    public void References_only_the_runtime_and_the_allowed_packages()
    {
        IEnumerable<string> others = Library.GetReferencedAssemblies().Select(a => a.Name!)
            .Where(n => !n.StartsWith("System.", StringComparison.Ordinal) && !AllowedPackages.Contains(n));
        Assert.Empty(others);
    }

    [Fact]
    public void References_no_console_no_processes_no_network_and_no_code_generation()
        => Assert.Empty(Library.GetReferencedAssemblies().Select(a => a.Name!).Intersect(ForbiddenParts));

    [Fact]
    public void Holds_no_static_state_that_can_be_reassigned()
    {
        // thread-static scratch memory is allowed: nothing that is read from it outlives the call that filled it; what protoc generates sets its descriptor once
        IEnumerable<string> fields =
            from type in Library.GetTypes()
            where !type.IsDefined(typeof(CompilerGeneratedAttribute), false) && !type.Name.StartsWith('<') && type.Namespace?.EndsWith(".Messages", StringComparison.Ordinal) != true
            from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            where !field.IsInitOnly && !field.IsLiteral && !field.Name.StartsWith('<') && !field.IsDefined(typeof(ThreadStaticAttribute), false)
            select $"{type.FullName}.{field.Name}";
        Assert.Empty(fields);
    }

    [Fact]
    public void Every_public_type_lives_in_a_layer()
        => Assert.Empty(Library.GetExportedTypes().Where(t => t.Namespace is null or "KanSharp").Select(t => t.FullName));
}
