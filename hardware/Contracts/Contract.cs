using System;

namespace EdgeRnn.Contracts;

internal static class Contract
{
    public static InvalidOperationException Body =>
        new("this program was built with contracts, which only compile; build it with -p:UseDevicePackages=true");
}
